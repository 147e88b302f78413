package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CommandTrace;
import io.staddle.server.config.Limits;
import io.staddle.server.front.CommandCall;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.trace.Tracing;

import java.util.List;
import java.util.Optional;

/// Takes single commands to the front.
final class Commands {
    private final CommandFront front;
    private final Limits limits;
    private final CommandGate gate;
    private final Tracing tracing;
    private final CallTraces untraced;

    Commands(CommandFront front, Limits limits, CommandGate gate, Tracing tracing) {
        this.front = front;
        this.limits = limits;
        this.gate = gate;
        this.tracing = tracing;
        this.untraced = CallTraces.none(tracing);
    }

    Limits limits() {
        return limits;
    }

    CommandGate gate() {
        return gate;
    }

    /// Returns what the commands of the call are part of that this thread handles.
    ///
    /// @param own of those that have a trace of their own
    CallTraces traces(List<CommandTrace> own) {
        return tracing.isOn() ? CallTraces.current(tracing, own) : untraced;
    }

    void submit(CommandCall call) {
        front.submit(call);
    }

    void submit(Command.Builder command, StreamObserver<io.staddle.api.v1.Outcome> observer) {
        Caller caller = Caller.current(limits);
        Reply<io.staddle.api.v1.Outcome> reply = new Reply<>(observer, caller.eventLoop());
        Command encoded = command.build();
        try {
            PreparedCommand prepared = gate.vouched(prepared(encoded), caller.principal());
            Optional<Outcome> early = gate.refuse(prepared, caller.principal());
            if (early.isPresent()) {
                notAdmitted(early.get(), reply);
            } else {
                PreparedCommand traced = traces(List.of()).begin(0, prepared);
                front.submit(new Single(List.of(traced), caller.deadlineNanos(), reply));
            }
        } catch (MalformedException e) {
            reply.send(OutcomeCodec.encode(refused(e)));
        }
    }

    /// A call that is not allowed ends with a status; within a batch it has an outcome of its own.
    private static void notAdmitted(Outcome early, Reply<io.staddle.api.v1.Outcome> reply) {
        if (early instanceof Outcome.Refused(_, Refusal.Forbidden why)) {
            reply.forbidden(RefusalText.of(why).message());
        } else {
            reply.send(OutcomeCodec.encode(early));
        }
    }

    /// Decodes a command of a client: one that only a leader could have decided on is none.
    ///
    /// @throws MalformedException if it can never be right
    static PreparedCommand prepared(Command encoded) {
        Proposal proposal = CommandCodec.decode(encoded);
        if (proposal.term() != 0) {
            throw new MalformedException(
                    new Expectation("term", "0 for clients", Long.toString(proposal.term())));
        }
        return new PreparedCommand(encoded, proposal);
    }

    /// What a malformed command is answered: it never reached the log, so it has no revision.
    static Outcome refused(MalformedException e) {
        Expectation expectation = e.expectation();
        return new Outcome.Refused(
                Revision.NONE,
                new Refusal.Malformed(
                        expectation.field(), expectation.expected(), expectation.found()));
    }

    private record Single(
            List<PreparedCommand> commands,
            long deadlineNanos,
            Reply<io.staddle.api.v1.Outcome> reply)
            implements CommandCall {
        @Override
        public void answer(List<Outcome> outcomes) {
            CallTraces.answered(commands, outcomes);
            reply.sendLater(() -> OutcomeCodec.encode(outcomes.getFirst()));
        }

        @Override
        public void fail(UnansweredException why) {
            CallTraces.failed(commands, why);
            reply.fail(why);
        }
    }
}
