package io.staddle.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.exit.ExitCode;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

final class OrderlyStopTest {
    private final List<String> happened = new ArrayList<>();

    @Test
    void theProcessEndsWhenEverythingIsClosed() {
        stop(() -> happened.add("closed"), Duration.ofSeconds(10)).run();
        assertThat(happened).containsExactly("closed", "ended");
    }

    @Test
    void anEndThatTakesTooLongIsAHalt() {
        CountDownLatch never = new CountDownLatch(1);
        stop(() -> await(never), Duration.ofMillis(20)).run();
        assertThat(happened).containsExactly("halted with 70");
        never.countDown();
    }

    private OrderlyStop stop(Runnable close, Duration patience) {
        return new OrderlyStop(
                close, patience, () -> happened.add("ended"), (code, _) -> halted(code));
    }

    private void halted(ExitCode code) {
        happened.add("halted with " + code.code());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
