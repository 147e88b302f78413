package io.staddle.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/// The clock on the wall, as this process sees it.
final class WallClock {
    private static final Logger LOG = LoggerFactory.getLogger(WallClock.class);

    /// For tests of clocks that are set wrong, and for nothing else: how many milliseconds this
    /// process takes its clock to be ahead of the machine's; negative for behind.
    private static final String OFFSET = "staddle.test.clock-offset-millis";

    private WallClock() {}

    static InstantSource ofProcess() {
        Duration offset = Duration.ofMillis(Long.getLong(OFFSET, 0));
        if (!offset.isZero()) {
            LOG.warn("this server's clock is set off by {} on purpose: -D{}", offset, OFFSET);
        }
        return Clock.offset(Clock.systemUTC(), offset);
    }
}
