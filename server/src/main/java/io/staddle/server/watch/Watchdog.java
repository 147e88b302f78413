package io.staddle.server.watch;

import io.staddle.server.exit.ExitCode;
import io.staddle.server.exit.Halt;
import io.staddle.server.raft.Progress;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Role;
import io.staddle.server.raft.Standing;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Halts a server that looks alive and does nothing: one that no longer takes part, does not apply
/// what is committed, does not get its log to the disk, or has no recurring work any more. A dead
/// server is better than one that hangs.
///
/// It counts its own looks and not the clock's time: a process that was paused has looked once
/// meanwhile, so it is not taken for one that hangs. It looks on a thread of its own, at what
/// another one has observed: whatever holds up that one does not hold up this one.
public final class Watchdog {
    /// How many looks, one a second, something may stand still.
    static final int LOOKS_MAX = 30;

    private final Quorum quorum;
    private final Halt halt;
    private final Concern seat = new Concern("seat", LOOKS_MAX);
    private final Concern apply = new Concern("apply", LOOKS_MAX);
    private final Concern log = new Concern("log", LOOKS_MAX);
    private final Concern ticks = new Concern("ticks", LOOKS_MAX);

    /// What was observed and not yet looked at; null is nothing.
    private final AtomicReference<@Nullable Standing> observed = new AtomicReference<>();

    private long appliedSeen = Long.MIN_VALUE;
    private long flushedSeen = Long.MIN_VALUE;

    /// Watches `quorum`.
    public Watchdog(Quorum quorum, Halt halt) {
        this.quorum = quorum;
        this.halt = halt;
    }

    /// Sees how the server stands. To be called every second by the thread of recurring work.
    public void observe() {
        observed.set(quorum.standing());
    }

    /// Judges what was observed. To be called every second, by a thread that does nothing else.
    public void look() {
        Standing standing = observed.getAndSet(null);
        if (standing == null) {
            judge(ticks, false, "recurring work does not run");
            return;
        }
        ticks.goesOn();
        Progress progress = standing.progress();
        judge(seat, standing.role() != Role.STOPPED, "this server takes no part in the quorum");
        judge(
                apply,
                progress.applyLag() == 0 || progress.appliedIndex() != appliedSeen,
                "entry %d is committed, but nothing is applied after %d"
                        .formatted(progress.commitIndex(), progress.appliedIndex()));
        judge(
                log,
                progress.flushLag() == 0 || progress.flushedIndex() != flushedSeen,
                "entry %d is in the log, but nothing gets to the disk after %d"
                        .formatted(progress.lastIndex(), progress.flushedIndex()));
        appliedSeen = progress.appliedIndex();
        flushedSeen = progress.flushedIndex();
    }

    /// Returns what it watches: what fails will soon halt this server.
    public List<Check> checks() {
        return List.of(seat.check(), apply.check(), log.check(), ticks.check());
    }

    private void judge(Concern concern, boolean goesOn, String why) {
        if (goesOn) {
            concern.goesOn();
        } else if (concern.stands(why)) {
            halt.halt(ExitCode.HALTED, why + ", seen " + LOOKS_MAX + " times in a row");
        }
    }
}
