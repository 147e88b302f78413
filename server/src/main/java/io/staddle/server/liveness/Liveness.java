package io.staddle.server.liveness;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Observation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// Who is alive, as the leader hears it: soft state that begins anew with every term and is never
/// written down.
///
/// Silence counts within a window. It begins when the leader becomes ready, and again whenever the
/// leader may itself be the reason why it heard nobody: if it did not look for a while, because its
/// process was paused, or if its clock jumped. So nobody is taken for silent before they had the
/// whole time to beat again.
public final class Liveness {
    private static final Duration PAUSE_MIN = Duration.ofMillis(500);
    private static final long PAUSE_PARTS = 4;
    private static final long CLOCK_JUMP_MILLIS = 1_000;
    private static final long NEVER = -1;

    private final LongSupplier nanos;
    private final InstantSource wall;
    private final LivenessCounters counters = new LivenessCounters();
    private final GhostEvidence ghosts = new GhostEvidence();
    private final AtomicReference<Watch> current;

    /// Guarded by `this`, as when it was looked.
    private long lookedTerm = NEVER;

    private long lookedNanos;

    /// How far the wall clock was ahead of `nanos` then.
    private long wallAheadMillis;

    private volatile Heard heard = new Heard(NEVER, List.of(), 0);

    /// None of some clusters was heard last before a moment, and none will be: who beats is heard
    /// later, and windows begin later.
    private record Heard(long term, List<ClusterId> clusters, long sinceNanos) {}

    /// @param nanos a clock that never goes back and never jumps, such as [System#nanoTime]
    /// @param wall the clock on the wall, which may jump
    public Liveness(LongSupplier nanos, InstantSource wall) {
        this.nanos = nanos;
        this.wall = wall;
        current = new AtomicReference<>(new Watch(NEVER, nanos.getAsLong()));
        lookedNanos = nanos.getAsLong();
        wallAheadMillis = aheadMillis(lookedNanos);
    }

    /// Returns what data nodes say of ghosts.
    public GhostEvidence ghosts() {
        return ghosts;
    }

    /// Takes a sign of life, without a lock. The caller makes sure that there is such a cluster.
    ///
    /// @param term the term in which this server leads
    public void heard(long term, ClusterId cluster, Sightings sightings) {
        long now = nanos.getAsLong();
        watch(term, now).heard(cluster, new Pulse.Sign(now, sightings));
        counters.beats().increment();
    }

    /// Says that the leader looks at who is silent; to be called several times a second. After a
    /// pause, or a jump of the clock, the window begins anew.
    ///
    /// @param suspectAfter how much silence makes a cluster suspect; a quarter of it is a pause
    public synchronized void look(long term, Duration suspectAfter) {
        long now = nanos.getAsLong();
        Watch watch = watch(term, now);
        long ahead = aheadMillis(now);
        long pause = Math.max(PAUSE_MIN.toNanos(), suspectAfter.toNanos() / PAUSE_PARTS);
        boolean again = lookedTerm == term;
        boolean paused = now - (again ? lookedNanos : watch.windowNanos()) > pause;
        boolean jumped = again && Math.abs(ahead - wallAheadMillis) > CLOCK_JUMP_MILLIS;
        if (paused || jumped) {
            watch.beginAnew(now);
            (paused ? counters.pauses() : counters.clockJumps()).increment();
        }
        lookedTerm = term;
        lookedNanos = now;
        wallAheadMillis = ahead;
    }

    /// Returns how long a cluster has been silent within the window.
    public Duration silence(long term, ClusterId cluster) {
        long now = nanos.getAsLong();
        return Duration.ofNanos(Math.max(0, now - watch(term, now).heardNanos(cluster)));
    }

    /// Tells whether any of some clusters has been silent for `limit` or longer. Looks at each of
    /// them only when one of them can be.
    ///
    /// @param clusters the same list each time, unless others are meant
    @SuppressWarnings("ReferenceEquality") // comparing them would cost what is to be saved
    public boolean isAnySilent(long term, List<ClusterId> clusters, Duration limit) {
        long now = nanos.getAsLong();
        Heard seen = heard;
        boolean same = seen.term() == term && seen.clusters() == clusters;
        if (!same || now - seen.sinceNanos() >= limit.toNanos()) {
            seen = new Heard(term, clusters, now - longestSilence(watch(term, now), clusters, now));
            heard = seen;
        }
        return now - seen.sinceNanos() >= limit.toNanos();
    }

    private static long longestSilence(Watch watch, List<ClusterId> clusters, long now) {
        long longest = 0;
        for (ClusterId cluster : clusters) {
            longest = Math.max(longest, now - watch.heardNanos(cluster));
        }
        return longest;
    }

    /// Returns what others say of whether they reach a cluster, by that cluster: each observer only
    /// if it was heard itself within `maxAge` and this window.
    ///
    /// @param nowMillis the time that the observations are dated by
    public Map<ClusterId, List<Observation>> observations(
            long term, Duration maxAge, long nowMillis) {
        long now = nanos.getAsLong();
        Watch watch = watch(term, now);
        Map<ClusterId, List<Observation>> byTarget = new HashMap<>();
        watch.pulses()
                .forEach((observer, pulse) -> {
                    Pulse.Sign last = pulse.last();
                    long age = now - last.nanos();
                    if (age > maxAge.toNanos() || watch.heardNanos(observer) != last.nanos()) {
                        return;
                    }
                    long atMillis = Math.max(0, nowMillis - TimeUnit.NANOSECONDS.toMillis(age));
                    last.sightings()
                            .reachable()
                            .forEach((target, reachable) ->
                                    byTarget.computeIfAbsent(target, _ -> new ArrayList<>())
                                            .add(new Observation(observer, reachable, atMillis)));
                });
        return byTarget;
    }

    /// Forgets clusters that are not registered any more.
    public void retain(long term, Set<ClusterId> registered) {
        watch(term, nanos.getAsLong()).retain(registered);
    }

    /// Counts the clusters that were heard and not forgotten.
    public int heardOf(long term) {
        return watch(term, nanos.getAsLong()).pulses().size();
    }

    /// Returns what it has counted.
    public LivenessCounters counters() {
        return counters;
    }

    /// Whoever comes with a newer term begins its watch. What an older one still says is lost: it
    /// goes to a watch that nobody asks.
    private Watch watch(long term, long now) {
        Watch seen = current.get();
        if (seen.term() == term) {
            return seen;
        }
        Watch next = new Watch(term, now);
        if (seen.term() > term) {
            return next;
        }
        return current.compareAndSet(seen, next) ? next : watch(term, now);
    }

    private long aheadMillis(long now) {
        return wall.millis() - TimeUnit.NANOSECONDS.toMillis(now);
    }
}
