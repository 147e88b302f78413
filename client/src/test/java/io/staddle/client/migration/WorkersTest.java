package io.staddle.client.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// When work goes on.
@Timeout(60)
final class WorkersTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final Workers<String, Noting> workers = new Workers<>("test");

    /// Notes what it was told last, and rests for long; ends when it is told to.
    private final class Noting implements Workers.Turn {
        private volatile String told = "nothing";

        @Override
        public Optional<Duration> take() {
            String now = told;
            done.add(now);
            return now.equals("end") ? Optional.empty() : Optional.of(LONG);
        }
    }

    @AfterEach
    void end() {
        workers.close();
    }

    @Test
    void whoIsToldGoesOnAtOnceHoweverLongItWasToRest() throws Exception {
        workers.ensure("a", Noting::new);
        assertThat(done.poll(30, TimeUnit.SECONDS)).isEqualTo("nothing");
        assertThat(workers.tell("a", each -> each.told = "phase 2")).isTrue();
        assertThat(done.poll(30, TimeUnit.SECONDS)).isEqualTo("phase 2");
        assertThat(workers.tell("b", each -> each.told = "phase 2")).isFalse();
    }

    @Test
    void whoHasEndedIsNotToldAndMayBeginAnew() throws Exception {
        workers.ensure("a", Noting::new);
        assertThat(done.poll(30, TimeUnit.SECONDS)).isEqualTo("nothing");
        workers.ensure("a", Noting::new);
        assertThat(workers.tell("a", each -> each.told = "end")).isTrue();
        assertThat(done.poll(30, TimeUnit.SECONDS)).isEqualTo("end");
        await().until(() -> !workers.tell("a", each -> {}));
        workers.ensure("a", Noting::new);
        assertThat(done.poll(30, TimeUnit.SECONDS)).isEqualTo("nothing");
        assertThat(done).isEmpty();
    }
}
