package io.staddle.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

final class StuckTransferTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final StuckTransfer transfer = new StuckTransfer(nanos::get);

    @Test
    void whoRefusesThoughNoTransferIsUnderWayStepsDown() {
        assertThat(transfer.refused()).isFalse();
        pass(Duration.ofMillis(1_999));
        assertThat(transfer.refused()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(transfer.refused()).isTrue();
        assertThat(transfer.refused()).as("once").isFalse();
        pass(Duration.ofSeconds(2));
        assertThat(transfer.refused()).as("and again if that did not help").isTrue();
    }

    @Test
    void aTransferMayTakeAsLongAsItWasGiven() {
        transfer.begins(Duration.ofSeconds(20));
        assertThat(transfer.refused()).isFalse();
        pass(Duration.ofMillis(21_999));
        assertThat(transfer.refused()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(transfer.refused()).isTrue();
    }

    @Test
    void oneThatHasFailedIsNoExcuse() {
        transfer.begins(Duration.ofSeconds(20));
        assertThat(transfer.refused()).isFalse();
        pass(Duration.ofSeconds(1));
        transfer.ended();
        pass(Duration.ofSeconds(2));
        assertThat(transfer.refused()).isTrue();
    }

    @Test
    void whatIsTakenBeginsAnew() {
        assertThat(transfer.refused()).isFalse();
        pass(Duration.ofHours(1));
        transfer.taken();
        assertThat(transfer.refused()).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
