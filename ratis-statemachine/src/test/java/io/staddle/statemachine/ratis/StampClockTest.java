package io.staddle.statemachine.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

final class StampClockTest {
    private static final long TWO_HOURS = 7_200_000;

    private long wallMillis = 100 * TWO_HOURS;
    private long nanos = 5;
    private final StampClock clock =
            new StampClock(() -> Instant.ofEpochMilli(wallMillis), () -> nanos);

    @Test
    void itIsTheClockOnTheWallIfThatIsAhead() {
        assertThat(clock.millis()).isEqualTo(wallMillis);
        clock.seen(wallMillis - 1);
        assertThat(clock.millis()).isEqualTo(wallMillis);
        assertThat(clock.behindMillis()).isZero();
    }

    @Test
    void timeGoesOnUnderALeaderWhoseClockIsHoursBehind() {
        long former = wallMillis + TWO_HOURS;
        clock.seen(former);
        passes(30_000);
        assertThat(clock.millis()).isEqualTo(former + 30_000);
        assertThat(clock.behindMillis()).isEqualTo(TWO_HOURS);
    }

    @Test
    void timeGoesOnWhenTheClockIsSetBack() {
        clock.seen(clock.millis());
        long before = clock.millis();
        wallMillis -= TWO_HOURS;
        passes(1_000);
        assertThat(clock.millis()).isEqualTo(before + 1_000);
    }

    @Test
    void aStampSaysByHowMuchTheClockHasJumpedAhead() {
        clock.seen(wallMillis);
        passes(1_000);
        wallMillis += 1_000;
        assertThat(clock.stamp()).isEqualTo(new StampClock.Stamp(wallMillis, 0));
        wallMillis += TWO_HOURS;
        assertThat(clock.stamp()).isEqualTo(new StampClock.Stamp(wallMillis, TWO_HOURS + 1_000));
        clock.seen(wallMillis);
        assertThat(clock.stamp().jumpMillis()).isZero();
    }

    @Test
    void neitherAPauseNorAClockThatIsBehindNorABeginningIsAJump() {
        assertThat(clock.stamp().jumpMillis()).isZero();
        clock.seen(wallMillis);
        passes(TWO_HOURS);
        assertThat(clock.stamp().jumpMillis()).isZero();
        wallMillis -= TWO_HOURS;
        assertThat(clock.stamp()).isEqualTo(new StampClock.Stamp(wallMillis + TWO_HOURS, 0));
    }

    @Test
    void anOlderStampChangesNothing() {
        clock.seen(wallMillis + TWO_HOURS);
        passes(1_000);
        clock.seen(wallMillis);
        assertThat(clock.millis()).isEqualTo(wallMillis - 1_000 + TWO_HOURS + 1_000);
    }

    private void passes(long millis) {
        wallMillis += millis;
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
