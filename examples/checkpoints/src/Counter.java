import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Counts the records of all channels, and aligns them at the marks of a checkpoint: a channel
/// whose mark has come waits until those of the others have. So the counts at that moment are of
/// exactly what is before the marks.
final class Counter {
    // All guarded by this.
    private final Map<Integer, Long> counts;
    private final long[] marked;
    private long aligned;
    private Map<Integer, Long> atMarks = Map.of();

    /// @param counts to begin with
    Counter(Map<Integer, Long> counts, int channels) {
        this.counts = new TreeMap<>(counts);
        marked = new long[channels];
    }

    synchronized void record(int channel, int key) throws InterruptedException {
        while (marked[channel] > aligned) {
            wait();
        }
        counts.merge(key, 1L, Long::sum);
    }

    /// A mark of a later epoch says that the one before is over.
    synchronized void mark(int channel, long epoch) {
        if (epoch <= aligned) {
            return;
        }
        marked[channel] = epoch;
        if (Arrays.stream(marked).allMatch(each -> each == epoch)) {
            atMarks = new TreeMap<>(counts);
            aligned = epoch;
        } else {
            long newest = Arrays.stream(marked).max().orElseThrow();
            aligned = Math.max(aligned, newest - 1);
        }
        notifyAll();
    }

    /// Nobody waits for the marks of an epoch any more.
    synchronized void giveUp(long epoch) {
        aligned = Math.max(aligned, epoch);
        notifyAll();
    }

    /// Returns the counts at the marks of an epoch; empty if they have not come in time.
    synchronized Optional<Map<Integer, Long>> await(long epoch, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (aligned < epoch) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                giveUp(epoch);
                return Optional.empty();
            }
            wait(leftMillis);
        }
        boolean allMarked = Arrays.stream(marked).allMatch(each -> each == epoch);
        return allMarked ? Optional.of(atMarks) : Optional.empty();
    }
}
