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

        look(Watchdog.LOOKS_MAX);
        assertThat(halts).isEmpty();
        look(1);
        assertThat(halts).singleElement().asString().contains("HALTED", "entry 9", "after 7");
    }

    @Test
    void aServerThatAppliesSlowlyIsNot() {
        for (int applied = 0; applied < 100; applied++) {
            quorum.stands(FakeQuorum.follower(1_000, applied, 0));
            look(Watchdog.LOOKS_MAX - 1);
        }
        assertThat(halts).isEmpty();
    }

    @Test
    void anIdleServerIsNot() {
        quorum.stands(FakeQuorum.follower(7, 7, 0));
        look(10 * Watchdog.LOOKS_MAX);

        assertThat(halts).isEmpty();
        assertThat(watchdog.checks()).allMatch(Check::passes);
    }

    @Test
    void aServerThatTakesNoPartIsHalted() {
        quorum.stands(FakeQuorum.standing(Role.STOPPED, 7, 7, -1));
        look(Watchdog.LOOKS_MAX);

        assertThat(halts).singleElement().asString().contains("HALTED", "no part");
    }

    @Test
    void aServerWhoseLogDoesNotReachTheDiskIsHalted() {
        quorum.stands(FakeQuorum.writing(9, 7));
        look(Watchdog.LOOKS_MAX + 1);

        assertThat(halts).singleElement().asString().contains("entry 9", "disk after 7");
    }

    @Test
    void aSlowDiskIsNoReasonToHalt() {
        for (int flushed = 0; flushed < 100; flushed++) {
            quorum.stands(FakeQuorum.writing(1_000, flushed));
            look(Watchdog.LOOKS_MAX - 1);
        }
        assertThat(halts).isEmpty();
    }

    @Test
    void aServerWhoseRecurringWorkHangsIsHalted() {
        watchdog.observe();
        for (int i = 0; i <= Watchdog.LOOKS_MAX; i++) {
            watchdog.look();
        }
        assertThat(halts).singleElement().asString().contains("recurring work does not run");
    }

    @Test
    void halfOfTheLooksBeforeItsEndAServerIsNotLiveAnyMore() {
        quorum.stands(FakeQuorum.follower(9, 7, 0));

        look(Watchdog.LOOKS_MAX / 2);
        assertThat(watchdog.checks()).allMatch(Check::passes);
        look(1);
        assertThat(watchdog.checks())
                .filteredOn(check -> !check.passes())
                .singleElement()
                .extracting(Check::name)
                .isEqualTo("apply");
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.observe();
            watchdog.look();
        }
    }

    private void halted(ExitCode code, String why) {
        halts.add(code + " " + why);
    }
}
