package io.staddle.server.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.grpc.GrpcService;

import io.grpc.stub.StreamObserver;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.command.AdminCommand.AdmitServer;
import io.staddle.api.command.AdminCommand.ReplaceServer;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.Identity;
import io.staddle.server.exit.ExitCode;
import io.staddle.server.grpc.Acceptor;
import io.staddle.server.raft.Member;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.raft.Roster;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server makes itself known at the leader's API, over a real socket.
final class SelfAdmissionTest {
    private static final ServerId ME = new ServerId("s1");

    @TempDir Path directory;
    private final FakeQuorum leader = new FakeQuorum().applying();
    private final Identity mine = new Identity("test", ME, "new");
    private final List<String> halts = new CopyOnWriteArrayList<>();
    private ServerConfig config;
    private Server api;

    @BeforeEach
    void start() {
        config = Configs.alone(directory);
        api =
                Server.builder()
                        .bossGroupFactory(Acceptor::named)
                        .http(config.api().socketAddress())
                        .service(GrpcService.builder().addService(new LeaderApi()).build())
                        .build();
        api.start().join();
    }

    @AfterEach
    void stop() {
        api.stop().join();
    }

    @Test
    void aServerThatIsNotKnownMakesItselfKnownAndEnds() {
        try (SelfAdmission _ = admission(leader)) {
            await().until(() -> known(leader).equals(Optional.of("new")));
        }
        assertThat(halts).isEmpty();
    }

    @Test
    void aServerThatIsKnownWithAnotherDiskHalts() {
        admit("old");
        try (SelfAdmission _ = admission(leader)) {
            await().until(() -> !halts.isEmpty());
        }
        assertThat(halts.getFirst())
                .contains("78", "its disk was wiped or swapped", "Bring back the old directory");
        assertThat(known(leader)).isEqualTo(Optional.of("old"));
    }

    @Test
    void soDoesOneThatHearsItFromTheLeaderOnly() {
        admit("old");
        FakeQuorum behind = new FakeQuorum();
        try (SelfAdmission _ = admission(behind)) {
            await().until(() -> !halts.isEmpty());
        }
        assertThat(halts.getFirst()).contains("78", "old");
    }

    @Test
    void aServerThatReadsTheLogOfItsPredecessorDoesNotHalt() {
        admit("old");
        Proposal replaced = Proposal.of(new ReplaceServer(ME, "old", "new"));
        leader.waiting();
        try (SelfAdmission _ = admission(leader)) {
            await().until(() -> !leader.rounds.isEmpty());
            leader.applying()
                    .propose(List.of(new PreparedCommand(CommandCodec.encode(replaced), replaced)))
                    .join();
            await().until(() -> known(leader).equals(Optional.of("new")));
        }
        assertThat(halts).isEmpty();
    }

    private SelfAdmission admission(FakeQuorum here) {
        Member me = new Member(config.self(), true, 0);
        here.consistsOf(new Roster(List.of(me), List.of(Set.of(ME))));
        return SelfAdmission.start(Optional.empty(), mine, here, this::halted);
    }

    private void halted(ExitCode code, String why) {
        halts.add(code.code() + " " + why);
    }

    private void admit(String incarnation) {
        Proposal proposal = Proposal.of(new AdmitServer(ME, incarnation));
        leader.propose(List.of(new PreparedCommand(CommandCodec.encode(proposal), proposal)))
                .join();
    }

    private static Optional<String> known(FakeQuorum quorum) {
        try (View view = quorum.view()) {
            return new Queries(view).server(ME).map(ServerRecord::incarnation);
        }
    }

    private final class LeaderApi extends BatchGrpc.BatchImplBase {
        @Override
        public void write(WriteBatch batch, StreamObserver<WriteBatchAnswer> answers) {
            List<PreparedCommand> commands =
                    batch.getCommandsList().stream()
                            .map(each -> new PreparedCommand(each, CommandCodec.decode(each)))
                            .toList();
            WriteBatchAnswer.Builder answer = WriteBatchAnswer.newBuilder();
            for (Outcome outcome : leader.propose(commands).join()) {
                answer.addOutcomes(OutcomeCodec.encode(outcome));
            }
            answers.onNext(answer.build());
            answers.onCompleted();
        }
    }
}
