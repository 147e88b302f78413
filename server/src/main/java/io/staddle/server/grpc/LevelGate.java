package io.staddle.server.grpc;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.AdminCommand.AdmitServer;
import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.api.command.Command;
import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.agreement.Builds;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.storage.View;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Keeps commands out of the log that an older server could not read: it would stop. So it does
/// with a feature level that not all servers have.
///
/// Rules refuse them as well, but rules decide what is in the log already.
final class LevelGate {
    /// How often servers of a new deployment are told to come again, until it is known what all of
    /// them have. They come twice a second.
    private static final int HELD_MAX = 40;

    private final Quorum quorum;
    private final Builds builds;
    private final AtomicInteger held = new AtomicInteger();

    /// The level never goes back, so it is asked for only while it is too low for a command.
    private volatile int inForce = 1;

    LevelGate(Quorum quorum, Builds builds) {
        this.quorum = quorum;
        this.builds = builds;
    }

    /// Returns what a command is answered that waits for a higher level; empty if it may go on. A
    /// server that does not lead lets it go on, to be told who does.
    Optional<Outcome> refuse(Command command) {
        return objection(command).map(why -> new Outcome.Refused(Revision.NONE, why));
    }

    private Optional<Refusal> objection(Command command) {
        return switch (command) {
            case RaiseFeatureLevel raise -> whenLeading(() -> ofRaise(raise.level()));
            case AdmitServer _ -> ofAdmission();
            case Command other when Levels.of(other) <= inForce -> Optional.empty();
            case Command other -> whenLeading(() -> Levels.refuse(other, read()));
        };
    }

    private Optional<Refusal> whenLeading(Supplier<Optional<Refusal>> judge) {
        return quorum.leadingTerm().isEmpty() ? Optional.empty() : judge.get();
    }

    private int read() {
        try (View view = quorum.view()) {
            inForce = Configs.of(view).featureLevel();
        }
        return inForce;
    }

    /// What no version has, or what is in force, is for the rules to answer.
    private Optional<Refusal> ofRaise(int level) {
        return level > Levels.NEWEST || level <= read() ? Optional.empty() : builds.refuse(level);
    }

    /// While nobody is known the deployment is new: it begins with the level that all have.
    ///
    /// Who was elected and is not ready to lead yet cannot tell, and would let it go on to the log.
    private Optional<Refusal> ofAdmission() {
        if (quorum.leadingTerm().isEmpty()) {
            return comeAgain();
        }
        if (held.get() >= HELD_MAX || quorum.roster().members().isEmpty()) {
            return Optional.empty();
        }
        boolean waits;
        try (View view = quorum.view()) {
            waits = new Queries(view).isNew() && builds.first().orElse(Levels.NEWEST) > 1;
        }
        if (!waits) {
            held.set(HELD_MAX);
            return Optional.empty();
        }
        held.incrementAndGet();
        return comeAgain();
    }

    private static Optional<Refusal> comeAgain() {
        return Optional.of(new Refusal.UnsupportedLevel(Levels.NEWEST, 1, Levels.NEWEST));
    }
}
