package io.staddle.server.front;

import java.util.concurrent.atomic.AtomicInteger;

/// Runs a step on one thread at a time, and again if it was asked for meanwhile.
///
/// Who asks while another thread runs it goes on at once, so nobody waits, and a step that asks for
/// itself does not recurse.
final class Drain {
    private final AtomicInteger asked = new AtomicInteger();
    private final Runnable step;

    Drain(Runnable step) {
        this.step = step;
    }

    void run() {
        if (asked.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            step.run();
            seen = asked.addAndGet(-seen);
        }
    }
}
