package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.AdminCommand.AdmitServer;
import io.staddle.api.command.Command;
import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.server.agreement.Builds;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.raft.Member;
import io.staddle.server.raft.Roster;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.state.Levels;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Servers `s1` and `s2` of a new deployment want to be let in; `s1` is asked.
final class LevelGateTest {
    private static final Command ADMISSION =
            new AdmitServer(new ServerId("s2"), "0123456789abcdef");

    private final FakeQuorum quorum = new FakeQuorum();
    private final Builds builds = new Builds(new ServerId("s1"), quorum);
    private final LevelGate gate = new LevelGate(quorum, builds);

    @BeforeEach
    void twoServers() {
        List<Member> members = Stream.of("s1", "s2").map(LevelGateTest::member).toList();
        quorum.consistsOf(new Roster(members, List.of(Set.of())));
    }

    @Test
    void nobodyIsLetInBeforeTheDeploymentHasTheLevelOfAll() {
        assertThat(gate.refuse(ADMISSION)).as("nobody knows yet what s2 has").isPresent();
        quorum.introductions.put(
                "s2", IntroduceAnswer.newBuilder().setNewestLevel(Levels.NEWEST).build());
        builds.look();
        assertThat(gate.refuse(ADMISSION)).as("the level comes first").isPresent();
    }

    @Test
    void anElectedServerThatIsNotReadyToLeadLetsNobodyIn() {
        quorum.introductions.put("s2", IntroduceAnswer.newBuilder().setNewestLevel(1).build());
        builds.look();
        assertThat(gate.refuse(ADMISSION)).as("there is no level to wait for").isEmpty();
        quorum.stands(FakeQuorum.follower(0, 0, 0));
        assertThat(gate.refuse(ADMISSION)).isPresent();
    }

    private static Member member(String server) {
        HostPort address = HostPort.parse("127.0.0.1:7400");
        return new Member(new ServerAddress(new ServerId(server), address, address), true, 0);
    }
}
