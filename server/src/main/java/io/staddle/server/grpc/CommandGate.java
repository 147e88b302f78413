package io.staddle.server.grpc;

import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Origin;
import io.staddle.server.access.Access;
import io.staddle.server.access.Principal;
import io.staddle.server.raft.PreparedCommand;

import java.util.Optional;

/// What a command of a client has to pass before it comes to the log: whoever sends it may do that,
/// and all servers understand it.
final class CommandGate {
    private final Access access;
    private final LevelGate levels;

    CommandGate(Access access, LevelGate levels) {
        this.access = access;
        this.levels = levels;
    }

    /// Returns what a command is answered that may not go on; empty if it may.
    Optional<Outcome> refuse(PreparedCommand prepared, Principal caller) {
        Command command = prepared.proposal().command();
        Optional<Outcome> forbidden =
                access.refuse(command, caller).map(why -> new Outcome.Refused(Revision.NONE, why));
        return forbidden.isPresent() ? forbidden : levels.refuse(command);
    }

    /// Returns the same command of the one who is proved to ask for it, not who they say they are.
    PreparedCommand vouched(PreparedCommand prepared, Principal caller) {
        Proposal said = prepared.proposal();
        Origin origin = caller.vouch(said.origin());
        if (origin.equals(said.origin())) {
            return prepared;
        }
        Proposal vouched = new Proposal(said.command(), origin, said.term());
        return new PreparedCommand(CommandCodec.encode(vouched), vouched);
    }
}
