package io.staddle.server.raft;

import io.staddle.statemachine.ratis.LiveStore;
import io.staddle.statemachine.ratis.RatisMachine;
import io.staddle.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps the log short by its bytes. Ratis itself counts entries only, and an entry of ours holds
/// one command or a thousand.
final class SnapshotPacer {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotPacer.class);

    private final RatisMachine machine;
    private final LiveStore live;
    private final RaftCalls calls;
    private final long bytesMax;
    private final AtomicBoolean busy = new AtomicBoolean();

    SnapshotPacer(RatisMachine machine, LiveStore live, RaftCalls calls, long bytesMax) {
        this.machine = machine;
        this.live = live;
        this.calls = calls;
        this.bytesMax = bytesMax;
    }

    /// Starts a snapshot if one is due and none is being taken.
    void tick() {
        if (machine.bytesSinceSnapshot() >= bytesMax && busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("snapshot").start(this::take);
        }
    }

    private void take() {
        try {
            // What the thread that applies would have to wait for is nearly all done before.
            live.flush();
            var _ =
                    calls.snapshot()
                            .whenComplete((failure, _) -> {
                                busy.set(false);
                                failure.ifPresent(why ->
                                        LOG.warn("no snapshot was taken, will try again: {}", why));
                            });
        } catch (StorageException e) {
            // The store tells whoever must know; here it is no more than no snapshot.
            busy.set(false);
            LOG.warn("no snapshot was taken: {}", e.getMessage());
        }
    }
}
