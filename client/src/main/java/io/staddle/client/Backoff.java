package io.staddle.client;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// How long a lane waits before it tries again. Confined to its lane.
///
/// An election takes some hundred milliseconds, so the first rounds over the servers follow each
/// other fast; an outage is polled slowly. Every pause is jittered by half, so that clients that
/// failed together do not come back together.
final class Backoff {
    private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int FAST_ROUNDS = 30;
    private static final int FAST_DOUBLINGS = 2;
    private static final int SLOW_DOUBLINGS = 5;

    private int probes;
    private int rounds;
    private boolean pausing;
    private long untilNanos;

    boolean isOver(long now) {
        if (pausing && now - untilNanos >= 0) {
            pausing = false;
        }
        return !pausing;
    }

    /// A probe found nobody. After a round over all servers, and one hint, there is a pause.
    void afterProbe(int servers, long now) {
        probes++;
        if (probes > servers) {
            probes = 0;
            pause(now, rounds < FAST_ROUNDS ? FAST_DOUBLINGS : SLOW_DOUBLINGS);
        }
    }

    /// A server has too much to do.
    void slowDown(long now) {
        pause(now, SLOW_DOUBLINGS);
    }

    void reset() {
        probes = 0;
        rounds = 0;
        pausing = false;
    }

    private void pause(long now, int doublings) {
        long longest = SHORTEST_NANOS << Math.min(rounds, doublings);
        rounds++;
        pausing = true;
        untilNanos = now + longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
    }
}
