package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Outcome;

import java.util.Locale;
import java.util.function.Function;

/// A command without an outcome.
final class PendingCommand<T> extends Pending<Outcome, Result<T>> {
    final Command command;
    private final Function<Answer, T> view;

    PendingCommand(Command command, Function<Answer, T> view, long deadlineNanos) {
        super(deadlineNanos);
        this.command = command;
        this.view = view;
    }

    @Override
    String what() {
        return command.getKindCase().name().toLowerCase(Locale.ROOT);
    }

    @Override
    int bytes() {
        return command.getSerializedSize();
    }

    @Override
    Result<T> read(Outcome answer) {
        return switch (OutcomeCodec.decode(answer)) {
            case io.staddle.api.answer.Outcome.Done done ->
                    new Result.Done<>(done.revision(), view.apply(done.answer()));
            case io.staddle.api.answer.Outcome.Refused refused -> {
                // It says nothing of the state: the same as for a query that is not allowed.
                if (refused.why() instanceof Refusal.Forbidden) {
                    throw new StaddleForbiddenException(RefusalText.of(refused.why()).message());
                }
                yield new Result.Refused<>(refused.revision(), refused.why());
            }
        };
    }

    @Override
    void expire(Failures why, boolean underWay) {
        if (underWay || isInDoubt()) {
            String words = underWay ? "a server had not answered by the deadline" : why.toString();
            future.complete(new Result.Unknown<>(words));
        } else {
            future.completeExceptionally(new StaddleUnavailableException(why.copy()));
        }
    }
}
