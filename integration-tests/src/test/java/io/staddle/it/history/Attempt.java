package io.staddle.it.history;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Origin;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.api.v1.DirectoryGrpc.DirectoryBlockingStub;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.api.v1.WriteBatch;
import io.staddle.client.Held;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ServerNode;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;

/// One call to one server, which nobody repeats: so its effect is one, or none.
record Attempt(String id, ServerNode server, Call call, GrainId grain) {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Metadata.Key<String> OUTCOME = key("staddle-outcome");
    private static final Metadata.Key<String> LEADER_ID = key("staddle-leader-id");

    /// What became of it.
    sealed interface End {
        /// It was answered; or it was sent, and nobody knows.
        record Recorded(Operation operation) implements End {}

        /// It surely had no effect.
        ///
        /// @param leader who would answer, if the server said so
        record Nothing(Optional<String> leader) implements End {}
    }

    /// What the server said.
    private record Reply(Answer answer, Revision at) {}

    End make() {
        long start = System.nanoTime();
        try {
            Reply reply = ask();
            return new End.Recorded(
                    new Operation(
                            id,
                            grain.toString(),
                            call,
                            reply.answer(),
                            start,
                            System.nanoTime(),
                            reply.at(),
                            server.id()));
        } catch (StatusRuntimeException e) {
            return isLost(e) && !call.isRead()
                    ? new End.Recorded(unknown(start))
                    : new End.Nothing(trailer(e, LEADER_ID));
        }
    }

    private Operation unknown(long start) {
        return new Operation(
                id,
                grain.toString(),
                call,
                new Answer.Unknown(),
                start,
                Operation.NEVER,
                Revision.NONE,
                server.id());
    }

    private Reply ask() {
        DirectoryBlockingStub directory = server.api().directory(DEADLINE);
        return switch (call) {
            case Call.Lookup _ -> {
                LookupAnswer answer = directory.lookup(Calls.lookup(grain, Calls.LINEARIZABLE));
                yield new Reply(
                        new Answer.Seen(Register.of(Calls.ownership(answer))),
                        endOf(answer.getHeader().getIndex()));
            }
            case Call.CheckFence(var cluster, var epoch) -> {
                Held held = new Held(grain, new ClusterId(cluster), new Epoch(epoch));
                CheckFenceAnswer answer = directory.checkFence(Calls.checkFence(held));
                Register now = Register.of(Calls.ownership(answer));
                yield new Reply(
                        new Answer.Checked(answer.getValid(), now),
                        endOf(answer.getHeader().getIndex()));
            }
            case Call.Acquire(var cluster) ->
                    write(new DirectoryCommand.Acquire(grain, new ClusterId(cluster), 0));
            case Call.Promote(var to, var owner, var epoch) ->
                    write(
                            new DirectoryCommand.Promote(
                                    grain,
                                    new ClusterId(to),
                                    new ClusterId(owner),
                                    new Epoch(epoch),
                                    Takeover.FROM_LIVE_OWNER));
            case Call.Reassign(var to, var epoch) ->
                    write(
                            new DirectoryCommand.Reassign(
                                    grain, new ClusterId(to), new Epoch(epoch)));
            case Call.Release(var cluster, var epoch) ->
                    write(
                            new DirectoryCommand.Release(
                                    grain, new ClusterId(cluster), new Epoch(epoch)));
        };
    }

    private Reply write(Command command) {
        Origin origin = new Origin("history", "", id);
        WriteBatch batch =
                WriteBatch.newBuilder().addCommands(CommandCodec.encode(command, origin)).build();
        Outcome outcome =
                OutcomeCodec.decode(server.api().batch(DEADLINE).write(batch).getOutcomes(0));
        return new Reply(answer(outcome), outcome.revision());
    }

    private static Answer answer(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(_, io.staddle.api.answer.Answer.Grant grant) ->
                    new Answer.Granted(
                            Register.owned(grant.owner().value(), grant.epoch().value()));
            case Outcome.Done(_, io.staddle.api.answer.Answer.Released released) ->
                    new Answer.Released(released.epoch().value());
            case Outcome.Refused(_, Refusal.OfGrain refusal) ->
                    new Answer.Refused(Register.of(refusal.current()));
            case Outcome.Done _, Outcome.Refused _ ->
                    throw new IllegalStateException("no such answer to be expected: " + outcome);
        };
    }

    /// A read shows everything up to that entry.
    private static Revision endOf(long index) {
        return new Revision(Math.max(index, 0), Integer.MAX_VALUE);
    }

    private static boolean isLost(StatusRuntimeException e) {
        Optional<String> outcome = trailer(e, OUTCOME);
        return outcome.isPresent() ? !outcome.get().equals("none") : !isUnsent(e);
    }

    private static boolean isUnsent(StatusRuntimeException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
    }

    private static Optional<String> trailer(StatusRuntimeException e, Metadata.Key<String> key) {
        return Optional.ofNullable(e.getTrailers()).map(trailers -> trailers.get(key));
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
