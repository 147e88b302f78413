package io.staddle.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.exit.ExitCode;
import io.staddle.server.raft.Role;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class WatchdogTest {
    private final FakeQuorum quorum = new FakeQuorum();
    private final List<String> halts = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(quorum, this::halted);

    @Test
    void aServerThatDoesNotApplyWhatIsCommittedIsHalted() {
        quorum.stands(FakeQuorum.follower(9, 7, 0));

        tick(Watchdog.TICKS_MAX);
        assertThat(halts).isEmpty();
        tick(1);
        assertThat(halts).singleElement().asString().contains("HALTED", "entry 9", "after 7");
    }

    @Test
    void aServerThatAppliesSlowlyIsNot() {
        for (int applied = 0; applied < 100; applied++) {
            quorum.stands(FakeQuorum.follower(1_000, applied, 0));
            tick(Watchdog.TICKS_MAX - 1);
        }
        assertThat(halts).isEmpty();
    }

    @Test
    void anIdleServerIsNot() {
        quorum.stands(FakeQuorum.follower(7, 7, 0));
        tick(10 * Watchdog.TICKS_MAX);

        assertThat(halts).isEmpty();
    }

    @Test
    void aServerThatTakesNoPartIsHalted() {
        quorum.stands(FakeQuorum.standing(Role.STOPPED, 7, 7, -1));
        tick(Watchdog.TICKS_MAX);

        assertThat(halts).singleElement().asString().contains("HALTED", "no part");
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.tick();
        }
    }

    private void halted(ExitCode code, String why) {
        halts.add(code + " " + why);
    }
}
