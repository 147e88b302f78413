package io.staddle.client.recipe;

import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.EventFilter;
import io.staddle.client.ClusterAgent;
import io.staddle.client.GrainHandle;
import io.staddle.client.GrainToken;
import io.staddle.client.Held;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Has one of many clusters lead: the owner of a grain, the *office*.
///
/// Each candidate has a [ClusterAgent]. When the leader's cluster dies, its failover gives the
/// office to another one in the same log entry as everything else, and that one finds out here.
/// When a leader steps down, whoever asks first gets it. The epoch of the office grows with each.
public final class Leadership implements AutoCloseable {
    private static final long LOOK_MILLIS = 20;
    private static final long RETRY_MILLIS = 1_000;

    private final StaddleClient client;
    private final ClusterAgent agent;
    private final GrainId office;
    private final LeadershipListener listener;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile Watch watch;
    private volatile Optional<GrainHandle> held = Optional.empty();
    private volatile boolean closed;

    private Leadership(
            StaddleClient client, ClusterAgent agent, GrainId office, LeadershipListener listener) {
        this.client = client;
        this.agent = agent;
        this.office = office;
        this.listener = listener;
        watch = watchOffice();
        thread = Thread.ofVirtual().name("leadership").start(this::run);
    }

    /// Stands for the office from now on, as long as the agent does and until it is closed.
    public static Leadership seek(
            StaddleClient client, ClusterAgent agent, GrainId office, LeadershipListener listener) {
        return new Leadership(client, agent, office, listener);
    }

    /// Returns what to show with the next write; empty if the cluster does not lead, as far as its
    /// agent knows. Ask anew for each write.
    public Optional<GrainToken> token() {
        return held.flatMap(GrainHandle::token);
    }

    /// Steps down: the listener is told, then the office is free. If the servers cannot be reached,
    /// the cluster keeps it until it is failed over.
    @Override
    public void close() {
        closed = true;
        tell();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        watch.close();
    }

    private Watch watchOffice() {
        EventFilter changes = EventFilter.grains(office.type(), office.key());
        return client.events().watch(WatchOptions.FROM_NOW.only(changes), change -> tell());
    }

    private void tell() {
        news.release();
    }

    private void run() {
        while (!closed) {
            news.drainPermits();
            try {
                if (agent.acquire(office) instanceof Result.Done<GrainHandle> done) {
                    lead(done.value());
                    continue;
                }
            } catch (StaddleException nobodyThere) {
                // Tried again.
            }
            await(RETRY_MILLIS);
        }
    }

    private void lead(GrainHandle handle) {
        held = Optional.of(handle);
        listener.elected(handle);
        while (!closed && handle.isUsable()) {
            if (await(LOOK_MILLIS) && !isStillHeld(handle.held())) {
                break;
            }
        }
        held = Optional.empty();
        listener.revoked();
        if (closed) {
            stepDown(handle.held());
        }
    }

    /// If nobody answers, the agent knows when to stop.
    private boolean isStillHeld(Held office) {
        try {
            Ownership now = client.grains().lookup(office.grain());
            return now.isHeldBy(office.holder(), office.epoch());
        } catch (StaddleException nobodyThere) {
            tell();
            return true;
        }
    }

    private void stepDown(Held office) {
        try {
            client.grains().release(office);
        } catch (StaddleException nobodyThere) {
            // The cluster owns it until it is failed over.
        }
    }

    /// A watch ends with a gap; the next one begins with news. If it may not be watched any more
    /// the agent knows when to stop.
    private void watchOn() {
        try {
            if (watch.isOver() && !watch.ended().isCompletedExceptionally()) {
                watch = watchOffice();
            }
        } catch (StaddleException over) {
            // The client was closed.
        }
    }

    /// Waits for news, and tells whether there is some.
    private boolean await(long millis) {
        watchOn();
        try {
            boolean told = news.tryAcquire(millis, TimeUnit.MILLISECONDS);
            news.drainPermits();
            return told;
        } catch (InterruptedException stop) {
            closed = true;
            return true;
        }
    }
}
