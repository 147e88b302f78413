package io.staddle.server.watch;

import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Role;
import io.staddle.server.raft.Standing;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Says whether this server gets on, and whether it should get calls; and if not, why.
public final class Health {
    private static final long SILENCE_MILLIS_MAX = 2_000;
    private static final long LAG_MAX = 10_000;

    private final Quorum quorum;
    private final Watchdog watchdog;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean setUp = new AtomicBoolean();

    /// Judges readiness by what the quorum says, and life by what the watchdog does.
    public Health(Quorum quorum, Watchdog watchdog) {
        this.quorum = quorum;
        this.watchdog = watchdog;
    }

    /// Tells whether it leads and can serve, or follows a leader that it heard lately, and is not
    /// far behind in applying.
    public boolean isReady() {
        return Check.pass(readyChecks());
    }

    /// Returns what it takes to be alive: always the same checks in the same order. Who fails one
    /// for as long again is halted.
    public List<Check> liveChecks() {
        return watchdog.checks();
    }

    /// Returns what it takes to be ready: always the same checks in the same order.
    public List<Check> readyChecks() {
        Standing standing = quorum.standing();
        return List.of(
                process(), seat(standing), leader(standing), term(standing), apply(standing));
    }

    /// Makes it not ready for good.
    public void stopping() {
        stopping.set(true);
    }

    private Check process() {
        return stopping.get()
                ? new Check("process", false, "this server stops")
                : new Check("process", true, "runs");
    }

    private Check seat(Standing standing) {
        if (standing.role() == Role.STOPPED) {
            return new Check("seat", false, "this server takes no part in the quorum");
        }
        return isSetUp()
                ? new Check("seat", true, "this server takes part in the quorum")
                : new Check("seat", false, "the deployment is new and knows no server yet");
    }

    /// The first thing in the log is what the servers have and who they are.
    private boolean isSetUp() {
        if (!setUp.get()) {
            try (View view = quorum.view()) {
                setUp.set(quorum.roster().members().isEmpty() || !new Queries(view).isNew());
            }
        }
        return setUp.get();
    }

    private static Check leader(Standing standing) {
        return switch (standing.role()) {
            case LEADER -> new Check("leader", true, "this server leads");
            case FOLLOWER, LISTENER -> followed(standing);
            case CANDIDATE -> new Check("leader", false, "this server stands for election");
            case STOPPED -> new Check("leader", false, "no leader is known");
        };
    }

    private static Check followed(Standing standing) {
        long heard = standing.millisSinceLeaderHeard();
        if (standing.leader().isEmpty() || heard < 0) {
            return new Check("leader", false, "no leader is known");
        }
        String line = "%s leads, heard %d ms ago".formatted(standing.leader().get(), heard);
        return heard <= SILENCE_MILLIS_MAX
                ? new Check("leader", true, line)
                : new Check("leader", false, line + ", allowed are " + SILENCE_MILLIS_MAX);
    }

    private static Check term(Standing standing) {
        if (standing.role() != Role.LEADER) {
            return new Check("term", true, "term " + standing.term());
        }
        return standing.leaderReady()
                ? new Check("term", true, "has applied an entry of its term " + standing.term())
                : new Check(
                        "term", false, "no entry of its term " + standing.term() + " is applied");
    }

    private static Check apply(Standing standing) {
        long lag = standing.progress().applyLag();
        String line =
                "%d is applied, %d is committed"
                        .formatted(standing.appliedIndex(), standing.commitIndex());
        return lag <= LAG_MAX
                ? new Check("apply", true, line)
                : new Check("apply", false, line + ": more than " + LAG_MAX + " entries behind");
    }
}
