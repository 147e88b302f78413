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

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Keeps commands out of the log that an older server could not read: it would stop. So it does
/// with a feature level that not all servers have.
///
/// Rules refuse them as well, but rules decide what is in the log already.
final class LevelGate {
    /// How long servers of a new deployment are told to come again, until it is known what all of
    /// them have.
    private static final long HOLD_NANOS = Duration.ofSeconds(10).toNanos();

    private final Quorum quorum;
    private final Builds builds;

    /// The level never goes back, so it is asked for only while it is too low for a command.
    private volatile int inForce = 1;

    /// Since when servers are told to come again; empty before.
    private final AtomicReference<OptionalLong> heldSince =
            new AtomicReference<>(OptionalLong.empty());

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
        if (quorum.roster().members().isEmpty()) {
            return Optional.empty();
        }
        try (View view = quorum.view()) {
            boolean waits = new Queries(view).isNew() && builds.first().orElse(Levels.NEWEST) > 1;
            return waits && !hasHeldLong() ? comeAgain() : Optional.empty();
        }
    }

    private boolean hasHeldLong() {
        long now = System.nanoTime();
        heldSince.compareAndSet(OptionalLong.empty(), OptionalLong.of(now));
        return now - heldSince.get().orElseThrow() > HOLD_NANOS;
    }

    private static Optional<Refusal> comeAgain() {
        return Optional.of(new Refusal.UnsupportedLevel(Levels.NEWEST, 1, Levels.NEWEST));
    }
}
