package io.staddle.server.watch;

import io.staddle.server.exit.ExitCode;
import io.staddle.server.exit.Halt;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Role;
import io.staddle.server.raft.Standing;

/// Halts a server that looks alive and does nothing: one that no longer takes part, or that does
/// not apply what is committed.
///
/// It counts its own ticks and not the clock's, so a process that was paused is not taken for one
/// that is stuck.
public final class Watchdog {
    /// How many ticks, one a second, something may be wrong.
    static final int TICKS_MAX = 30;

    private final Quorum quorum;
    private final Halt halt;
    private long appliedSeen = -1;
    private int stuckTicks;
    private int stoppedTicks;

    /// Watches `quorum`.
    public Watchdog(Quorum quorum, Halt halt) {
        this.quorum = quorum;
        this.halt = halt;
    }

    /// Looks once. To be called every second, by one thread.
    public void tick() {
        Standing standing = quorum.standing();
        boolean moves =
                standing.appliedIndex() != appliedSeen
                        || standing.appliedIndex() >= standing.commitIndex();
        stuckTicks = moves ? 0 : stuckTicks + 1;
        stoppedTicks = standing.role() == Role.STOPPED ? stoppedTicks + 1 : 0;
        appliedSeen = standing.appliedIndex();
        if (stuckTicks == TICKS_MAX) {
            halt.halt(
                    ExitCode.HALTED,
                    "entry %d is committed, but nothing was applied after %d for %d s"
                            .formatted(standing.commitIndex(), appliedSeen, TICKS_MAX));
        }
        if (stoppedTicks == TICKS_MAX) {
            halt.halt(
                    ExitCode.HALTED,
                    "this server has taken no part in the quorum for " + TICKS_MAX + " s");
        }
    }
}
