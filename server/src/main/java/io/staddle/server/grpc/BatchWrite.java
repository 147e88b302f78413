package io.staddle.server.grpc;

import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.id.MalformedException;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;
import io.staddle.server.front.CommandCall;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.PreparedCommand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A call of many commands. The malformed ones, and those that wait for a feature level, are
/// answered here; the others go on without them.
final class BatchWrite implements CommandCall {
    private final List<PreparedCommand> commands;
    private final Map<Integer, Outcome> answered = new TreeMap<>();
    private final long deadlineNanos;
    private final Reply<WriteBatchAnswer> reply;

    BatchWrite(WriteBatch request, Commands to, Caller caller, Reply<WriteBatchAnswer> reply) {
        CallTraces traces = to.traces(request.getTracesList());
        CommandGate gate = to.gate();
        List<Command> encoded = request.getCommandsList();
        this.deadlineNanos = caller.deadlineNanos();
        this.reply = reply;
        commands = new ArrayList<>(encoded.size());
        for (int i = 0; i < encoded.size(); i++) {
            Command command = encoded.get(i);
            try {
                PreparedCommand prepared =
                        gate.vouched(Commands.prepared(command), caller.principal());
                Optional<Outcome> early = gate.refuse(prepared, caller.principal());
                if (early.isPresent()) {
                    answered.put(i, early.get());
                } else {
                    commands.add(traces.begin(i, prepared));
                }
            } catch (MalformedException e) {
                answered.put(i, Commands.refused(e));
            }
        }
    }

    @Override
    public List<PreparedCommand> commands() {
        return commands;
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public void answer(List<Outcome> outcomes) {
        CallTraces.answered(commands, outcomes);
        reply.sendLater(() -> merged(outcomes));
    }

    @Override
    public void fail(UnansweredException why) {
        CallTraces.failed(commands, why);
        reply.fail(why);
    }

    private WriteBatchAnswer merged(List<Outcome> outcomes) {
        WriteBatchAnswer.Builder answer = WriteBatchAnswer.newBuilder();
        for (Outcome outcome : answered.isEmpty() ? outcomes : withAnswered(outcomes)) {
            answer.addOutcomes(OutcomeCodec.encode(outcome));
        }
        return answer.build();
    }

    private List<Outcome> withAnswered(List<Outcome> outcomes) {
        List<Outcome> all = new ArrayList<>(outcomes);
        // Ascending, so each finds its place.
        answered.forEach(all::add);
        return all;
    }
}
