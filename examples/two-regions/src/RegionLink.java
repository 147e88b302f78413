import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A silo's line to its [Region]: permits, and what the other region has to be told.
final class RegionLink {
    private static final long RENEW_MILLIS = 100;

    private final LineClient permits;
    private final LineClient missed;
    private volatile Permit permit = new Permit(Fence.NONE, System.nanoTime());

    /// @param endNanos half a second after it was asked for
    private record Permit(Fence fence, long endNanos) {
        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }
    }

    /// Starts to ask for permits.
    RegionLink(Path directory, ClusterId cluster) {
        Path port = directory.resolve(cluster + ".port");
        this.permits = new LineClient(port);
        this.missed = new LineClient(port);
        Thread.ofPlatform().daemon().start(this::renew);
    }

    /// Returns the fence behind which this silo may act, as of this moment; empty if it may not.
    Optional<Fence> fence() {
        Permit now = permit;
        return now.isOver() ? Optional.empty() : Optional.of(now.fence());
    }

    /// Has a write put into the queue of another region, and returns when it is there.
    ///
    /// It may be there twice, if an answer was lost: whoever replays it recognises that.
    void tellMissed(ClusterId target, GrainId grain, long value) throws InterruptedException {
        while (!isTaken("missed " + target + " " + grain + " " + value)) {
            Thread.sleep(RENEW_MILLIS);
        }
    }

    private boolean isTaken(String note) {
        try {
            return missed.ask(note).equals("done");
        } catch (IOException silence) {
            return false;
        }
    }

    private void renew() {
        try {
            while (true) {
                ask();
                Thread.sleep(RENEW_MILLIS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        // Before it is asked for: it is over here before the region thinks that it is.
        long end = System.nanoTime() + Region.PERMIT.toNanos();
        try {
            String answer = permits.ask("permit");
            permit =
                    answer.startsWith("behind ")
                            ? new Permit(new Fence(Long.parseLong(answer.split(" ", -1)[1])), end)
                            : new Permit(Fence.NONE, System.nanoTime());
        } catch (IOException silence) {
            // The permit that is there runs out by itself.
        }
    }
}
