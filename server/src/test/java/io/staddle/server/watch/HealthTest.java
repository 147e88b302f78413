package io.staddle.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.raft.Role;
import io.staddle.server.raft.Standing;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.Test;

final class HealthTest {
    private final FakeQuorum quorum = new FakeQuorum();
    private final Health health = new Health(quorum, new Watchdog(quorum, (_, _) -> {}));

    @Test
    void aLeaderIsReadyOnceItHasAppliedAnEntryOfItsTerm() {
        assertReady(FakeQuorum.leader(7, 7));
        Standing elected = FakeQuorum.standing(Role.LEADER, 7, 7, -1);
        assertNotReady(
                new Standing(
                        Role.LEADER,
                        elected.term(),
                        elected.leader(),
                        false,
                        elected.progress(),
                        -1,
                        -1),
                "[-]term failed: no entry of its term 1 is applied");
    }

    @Test
    void aFollowerIsReadyWhileItHearsItsLeader() {
        assertReady(FakeQuorum.follower(7, 7, 2_000));
        assertNotReady(
                FakeQuorum.follower(7, 7, 2_001),
                "[-]leader failed: s1 leads, heard 2001 ms ago, allowed are 2000");
        assertNotReady(FakeQuorum.follower(7, 7, -1), "[-]leader failed: no leader is known");
    }

    @Test
    void whoIsFarBehindInApplyingIsNotReadyEvenAsALeader() {
        assertReady(FakeQuorum.leader(10_007, 7));
        assertNotReady(FakeQuorum.leader(10_008, 7), "[-]apply failed: 7 is applied");
        assertNotReady(FakeQuorum.follower(10_008, 7, 0), "[-]apply failed: 7 is applied");
    }

    @Test
    void whoTakesNoPartOrStopsIsNotReady() {
        assertNotReady(FakeQuorum.standing(Role.STOPPED, 7, 7, -1), "[-]seat failed: ");
        assertNotReady(FakeQuorum.standing(Role.CANDIDATE, 7, 7, -1), "[-]leader failed: ");
        assertReady(FakeQuorum.leader(7, 7));
        health.stopping();
        assertNotReady(FakeQuorum.leader(7, 7), "[-]process failed: this server stops");
    }

    private void assertReady(Standing standing) {
        quorum.stands(standing);
        assertThat(health.isReady()).isTrue();
        assertThat(Check.lines("readyz", health.readyChecks()))
                .startsWith("[+]process ok: runs\n[+]seat ok: ")
                .endsWith("readyz check passed\n");
    }

    private void assertNotReady(Standing standing, String line) {
        quorum.stands(standing);
        assertThat(health.isReady()).isFalse();
        assertThat(Check.lines("readyz", health.readyChecks()))
                .contains(line)
                .endsWith("readyz check failed\n");
    }
}
