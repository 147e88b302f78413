package io.staddle.client.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staddle.api.id.GrainId;
import io.staddle.client.GrainToken;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Owners of one grain who all write at once, each in epochs of its own, which grow.
final class GuardRace {
    private static final int OWNERS = 4;

    private final GuardedStore store;
    private final GrainId grain;
    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong epochs = new AtomicLong();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    GuardRace(GuardedStore store, GrainId grain) {
        this.store = store;
        this.grain = grain;
    }

    /// What was asked in an epoch, when it began and ended by one clock, and how it was answered.
    private record Call(long epoch, boolean writes, long began, long ended, boolean accepted) {}

    /// Has each owner take the grain over so often; it goes on writing in the epoch before.
    void run(int rounds) throws Exception {
        List<Callable<Boolean>> owners = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
            owners.add(() -> takeOver(rounds));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(OWNERS)) {
            for (Future<Boolean> each : threads.invokeAll(owners)) {
                assertTrue(each.get());
            }
        }
    }

    /// Has so many owners write their epochs, 1 and up, at once, and returns the text that is left.
    static Optional<String> ofFirstWrites(GuardedStore store, GrainId grain, int owners)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(owners);
        List<Callable<Boolean>> writes = new ArrayList<>();
        for (int i = 1; i <= owners; i++) {
            GrainToken token = FenceGuardConformance.token(grain, FenceGuardConformance.EU, i);
            writes.add(() -> {
                start.await();
                return store.write(token, Long.toString(token.epoch().value())).isAccepted();
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(owners)) {
            List<Future<Boolean>> accepted = threads.invokeAll(writes);
            assertTrue(accepted.getLast().get(), "the highest was accepted");
        }
        return store.read(grain);
    }

    void check() throws Exception {
        List<Call> accepted = calls.stream().filter(Call::accepted).toList();
        for (Call before : accepted) {
            List<Call> late =
                    accepted.stream()
                            .filter(after -> after.began() > before.ended())
                            .filter(after -> after.epoch() < before.epoch())
                            .toList();
            assertEquals(List.of(), late, () -> "accepted after " + before);
        }
        long last =
                accepted.stream().filter(Call::writes).mapToLong(Call::epoch).max().orElseThrow();
        assertEquals(Optional.of(Long.toString(last)), store.read(grain), "the last text");
        assertTrue(accepted.size() < calls.size(), "some were refused");
    }

    private boolean takeOver(int rounds) throws Exception {
        long before = 0;
        for (int i = 0; i < rounds; i++) {
            long epoch = epochs.incrementAndGet();
            call(epoch, i % 2 == 0);
            if (before > 0) {
                call(before, true);
            }
            call(epoch, true);
            before = epoch;
        }
        return true;
    }

    private void call(long epoch, boolean writes) throws Exception {
        GrainToken token = FenceGuardConformance.token(grain, FenceGuardConformance.EU, epoch);
        long began = clock.incrementAndGet();
        boolean accepted =
                (writes ? store.write(token, Long.toString(epoch)) : store.open(token))
                        .isAccepted();
        calls.add(new Call(epoch, writes, began, clock.incrementAndGet(), accepted));
    }
}
