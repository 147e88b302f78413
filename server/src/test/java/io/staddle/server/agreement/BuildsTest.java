package io.staddle.server.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.raft.Member;
import io.staddle.server.raft.Roster;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.state.Levels;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Server `s1` asks `s2` and `s3`.
final class BuildsTest {
    private final FakeQuorum quorum = new FakeQuorum();
    private final Builds builds = new Builds(new ServerId("s1"), quorum);

    @BeforeEach
    void threeServers() {
        quorum.consistsOf(roster("s1", "s2", "s3"));
        quorum.introductions.put("s2", has(Levels.NEWEST));
        quorum.introductions.put("s3", has(Levels.NEWEST));
    }

    @Test
    void aLevelThatAllHaveIsNotRefusedOnceAllHaveSaidSo() {
        assertThat(builds.refuse(2)).as("nobody was asked").isPresent();
        assertThat(builds.first()).isEmpty();
        builds.look();
        assertThat(builds.refuse(Levels.NEWEST)).isEmpty();
        assertThat(builds.first()).hasValue(Levels.NEWEST);
    }

    @Test
    void whoDoesNotHaveALevelIsNamed() {
        quorum.introductions.put("s3", has(2));
        builds.look();
        assertThat(builds.refuse(3)).contains(new Refusal.ServerTooOld("s3", 3, 2));
        assertThat(builds.refuse(2)).isEmpty();
        assertThat(builds.first()).hasValue(2);
    }

    @Test
    void whoIsSilentOrTooOldToAnswerIsNotKnown() {
        builds.look();
        quorum.introductions.remove("s2");
        builds.look();
        assertThat(builds.refuse(2)).contains(new Refusal.ServerTooOld("s2", 2, 0));
        assertThat(builds.first()).isEmpty();
    }

    @Test
    void itAsksOftenUntilAllAreKnownAndAgainWhenOneIsNot() {
        Duration first = builds.pause();
        builds.look();
        Duration known = builds.pause();
        assertThat(first).isLessThan(known);
        quorum.introductions.remove("s2");
        Stream.generate(builds::look).limit(200).forEach(_ -> {});
        assertThat(builds.pause()).isBetween(first, known).isNotIn(first, known);
    }

    @Test
    void aServerThatIsToldThatItWasRemovedSoonAsksAgain() {
        builds.look();
        Duration known = builds.pause();
        quorum.introductions.put("s2", dismissed());
        builds.look();
        assertThat(builds.pause()).isLessThan(known);
    }

    @Test
    void whoHasLeftTheQuorumDoesNotCount() {
        quorum.introductions.put("s3", has(2));
        builds.look();
        quorum.consistsOf(roster("s1", "s2"));
        assertThat(builds.refuse(3)).isEmpty();
    }

    @Test
    void aServerLeavesWhenALeaderSaysThriceThatItIsNotInTheQuorum() {
        quorum.introductions.put("s2", dismissed());
        assertThat(builds.look()).isFalse();
        assertThat(builds.look()).isFalse();
        quorum.introductions.put("s2", has(Levels.NEWEST));
        assertThat(builds.look()).as("another leader knows better").isFalse();
        quorum.introductions.put("s2", dismissed());
        assertThat(Stream.generate(builds::look).limit(3)).containsExactly(false, false, true);
    }

    @Test
    void aServerThatIsBeingAddedDoesNotLeave() {
        quorum.consistsOf(roster("s2", "s3"));
        quorum.introductions.put("s2", dismissed());
        assertThat(Stream.generate(builds::look).limit(5)).containsOnly(false);
    }

    private static IntroduceAnswer has(int level) {
        return IntroduceAnswer.newBuilder().setNewestLevel(level).setMember(true).build();
    }

    private static IntroduceAnswer dismissed() {
        return has(Levels.NEWEST).toBuilder().setDismissed(true).build();
    }

    private static Roster roster(String... servers) {
        List<Member> members = Stream.of(servers).map(BuildsTest::member).toList();
        return new Roster(members, List.of(Set.of()));
    }

    private static Member member(String server) {
        HostPort address = HostPort.parse("127.0.0.1:7400");
        return new Member(new ServerAddress(new ServerId(server), address, address), true, 0);
    }
}
