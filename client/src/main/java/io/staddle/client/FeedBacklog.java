package io.staddle.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The writes that a [ReplayFeed] holds and has not under way, in order. Confined to the feed.
///
/// Those that were sent before come first, and keep their numbers.
final class FeedBacklog {
    private final ArrayDeque<FeedWrite> waiting = new ArrayDeque<>();
    private Optional<StaddleException> lastFailure = Optional.empty();
    private long lastSeq;

    void add(FeedWrite write) {
        waiting.addLast(write);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean beginsWithNumber() {
        return !waiting.isEmpty() && waiting.getFirst().hasNumber();
    }

    /// The highest number that was given to a write.
    long lastSeq() {
        return lastSeq;
    }

    /// The next number is the one after `seq`.
    void countFrom(long seq) {
        lastSeq = seq;
        lastFailure = Optional.empty();
    }

    /// Notes why nothing can be sent, for those that wait too long.
    void failedLast(StaddleException why) {
        lastFailure = Optional.of(why);
    }

    /// Takes the first writes, at least one, and gives those without a number the next ones.
    ///
    /// @param numbering whether those without a number may be taken
    List<FeedWrite> take(int max, long bytesMax, boolean numbering) {
        List<FeedWrite> batch = new ArrayList<>(Math.min(max, waiting.size()));
        long bytes = 0;
        while (batch.size() < max && !waiting.isEmpty()) {
            FeedWrite next = waiting.getFirst();
            bytes += next.bytes();
            boolean mayGo = next.hasNumber() || numbering;
            if (!mayGo || (bytes > bytesMax && !batch.isEmpty())) {
                break;
            }
            if (!next.hasNumber()) {
                next.number(++lastSeq);
            }
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    void putBack(List<FeedWrite> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            waiting.addFirst(batch.get(i));
        }
    }

    /// Ends those that have waited too long.
    ///
    /// @return whether one of them had a number, which nobody will use now
    boolean dropOver(long now) {
        boolean numbers = false;
        while (!waiting.isEmpty() && waiting.getFirst().isOver(now)) {
            FeedWrite over = waiting.removeFirst();
            numbers |= over.hasNumber();
            over.lastRefusal.ifPresentOrElse(over::refuse, () -> over.fail(tooLong()));
        }
        return numbers;
    }

    void refuseAll(Result.Refused<?> refused) {
        waiting.forEach(write -> write.refuse(refused));
        waiting.clear();
    }

    void failAll(Supplier<StaddleException> why) {
        waiting.forEach(write -> write.fail(why.get()));
        waiting.clear();
    }

    private StaddleException tooLong() {
        return lastFailure.orElseGet(() -> new StaddleUnavailableException(Map.of()));
    }
}
