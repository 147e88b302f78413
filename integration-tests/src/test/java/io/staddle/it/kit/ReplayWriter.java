package io.staddle.it.kit;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.client.AsyncReplayProducer;
import io.staddle.client.ReplayDraft;
import io.staddle.client.ReplayReceipt;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Appends the numbers from 0 to a queue, one after the other, a few under way at a time, some
/// hundreds a second: who reads them must be able to follow.
public final class ReplayWriter implements AutoCloseable {
    /// Few, so that a test does not fill the queue to its bound.
    private static final int WINDOW = 2;

    private static final long PAUSE_NANOS = 2_000_000;

    private final AsyncReplayProducer producer;
    private final AtomicInteger appended = new AtomicInteger();
    private final List<String> notDone = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closing;

    private ReplayWriter(StaddleClient client, ClusterId target) {
        producer = client.replay().producer(target, Directory.US).async();
        thread = Thread.ofVirtual().name("writer").start(this::run);
    }

    /// Starts to append to the queue of `target` what [Directory#US] has written.
    public static ReplayWriter start(TestCluster cluster, ClusterId target) {
        return new ReplayWriter(cluster.client(), target);
    }

    /// Returns the value that says a number.
    public static ByteString value(int number) {
        return ByteString.copyFrom(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
    }

    /// Returns the number that an entry says.
    public static int number(ReplayEntry entry) {
        return entry.write().value().asReadOnlyByteBuffer().getInt();
    }

    /// Counts the numbers that were appended so far.
    public int appended() {
        return appended.get();
    }

    /// Returns what was neither done nor under way.
    public List<String> notDone() {
        return List.copyOf(notDone);
    }

    /// Appends no more, and waits for what is under way.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Deque<CompletableFuture<Result<ReplayReceipt>>> underWay = new ArrayDeque<>();
        for (int number = 0; !closing; number++) {
            underWay.add(producer.append(ReplayDraft.of("number", value(number))));
            if (underWay.size() == WINDOW) {
                settle(underWay.removeFirst());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        underWay.forEach(this::settle);
    }

    private void settle(CompletableFuture<Result<ReplayReceipt>> call) {
        try {
            call.join().orThrow();
            appended.incrementAndGet();
        } catch (CompletionException | StaddleException why) {
            notDone.add(why.toString());
        }
    }
}
