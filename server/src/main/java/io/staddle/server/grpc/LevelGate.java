package io.staddle.server.grpc;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.id.Revision;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.storage.View;

import java.util.Optional;

/// Keeps commands out of the log that an older server could not read: it would stop.
///
/// Rules refuse them as well, but rules decide what is in the log already.
final class LevelGate {
    private final Quorum quorum;

    /// The level never goes back, so it is asked for only while it is too low for a command.
    private volatile int inForce = 1;

    LevelGate(Quorum quorum) {
        this.quorum = quorum;
    }

    /// Returns what a command is answered that waits for a higher level; empty if it may go on. A
    /// server that does not lead lets it go on, to be told who does.
    Optional<Outcome> refuse(Command command) {
        if (Levels.of(command) <= inForce || quorum.leadingTerm().isEmpty()) {
            return Optional.empty();
        }
        try (View view = quorum.view()) {
            inForce = Configs.of(view).featureLevel();
        }
        return Levels.refuse(command, inForce).map(why -> new Outcome.Refused(Revision.NONE, why));
    }
}
