package io.staddle.dataplane.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.Membership;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.Move;

import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.util.JavaUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Nodes that come to a group on Ratis.
final class RatisJoinTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory = Path.of("unset");

    @Test
    void nobodyIsMadeALearnerBeforeItsReplicaIsThere() throws IOException {
        try (RatisNodes nodes = new RatisNodes(directory)) {
            RatisGroup group = new RatisGroup(nodes);
            Move move = toD(group);
            Files.createDirectories(replicaOfD().getParent());
            Path inTheWay = Files.createFile(replicaOfD());

            assertThatThrownBy(() -> nodes.at(RatisNodes.D).addLearner(move))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(nodes.at(group.source()).addLearner(move))
                    .isInstanceOf(Effect.Pending.class);
            assertThat(wanted(nodes, group)).isEqualTo(Membership.NONE);

            Files.delete(inTheWay);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> nodes.at(RatisNodes.D).addLearner(move) instanceof Effect.Done);
            assertThat(group.members().learners()).containsExactly(RatisNodes.D);
        }
    }

    @Test
    void anAttemptThatIsOverLeavesNoReplicaBehind() throws IOException {
        try (RatisNodes nodes = new RatisNodes(directory)) {
            RatisGroup group = new RatisGroup(nodes);
            Move over = toD(group);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> nodes.at(RatisNodes.A).fence(over) instanceof Effect.Done);

            assertThat(nodes.at(group.source()).addLearner(over)).isInstanceOf(Effect.Fenced.class);
            assertThat(nodes.at(RatisNodes.D).addLearner(over)).isInstanceOf(Effect.Fenced.class);
            assertThat(nodes.at(RatisNodes.D).members(group.group())).isEmpty();
        }
    }

    /// Whoever comes would be sent what is there of it, and not survive that.
    @Test
    void aSnapshotIsNotSeenBeforeItIsWhole() throws Exception {
        try (RatisNodes nodes = new RatisNodes(directory)) {
            RatisGroup group = new RatisGroup(nodes);
            GroupCalls calls = nodes.at(group.leader()).replicas().calls(group.group());
            StateMachine machine = calls.division().getStateMachine();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            nodes.whileSaved(() -> {
                begun.countDown();
                await().atMost(PATIENCE).until(() -> goOn.getCount() == 0);
            });
            SnapshotManagementRequest request =
                    SnapshotManagementRequest.newCreate(
                            calls.clientId(),
                            calls.server().getId(),
                            calls.raftGroup(),
                            calls.nextCall(),
                            PATIENCE.toMillis(),
                            1);
            CompletableFuture<RaftClientReply> taken =
                    CompletableFuture.supplyAsync(() ->
                            JavaUtils.callAsUnchecked(
                                    () -> calls.server().snapshotManagement(request)));
            await().atMost(PATIENCE).until(() -> begun.getCount() == 0);

            assertThat(machine.getLatestSnapshot()).isNull();
            goOn.countDown();
            assertThat(taken.get(30, TimeUnit.SECONDS).isSuccess()).isTrue();
            assertThat(machine.getLatestSnapshot().getFiles())
                    .allSatisfy(file -> {
                        assertThat(file.getFileDigest()).isNotNull();
                        assertThat(file.getFileSize()).isEqualTo(Files.size(file.getPath()));
                    });
        }
    }

    /// Where Ratis is to keep the replica that D does not have yet.
    private Path replicaOfD() throws IOException {
        try (Stream<Path> replicas = Files.list(directory.resolve(RatisNodes.A.value()))) {
            Path name = replicas.filter(Files::isDirectory).findFirst().orElseThrow().getFileName();
            return directory.resolve(RatisNodes.D.value()).resolve(name);
        }
    }

    private static Membership wanted(RatisNodes nodes, RatisGroup group) throws IOException {
        return nodes.at(RatisNodes.A)
                .replicas()
                .calls(group.group())
                .look(Attempt.none(RatisNodes.D))
                .wanted();
    }

    private static Move toD(RatisGroup group) {
        return new Move(
                new MigrationId("to-d"),
                1,
                group.vShard(),
                group.group(),
                group.source(),
                RatisNodes.D,
                Membership.NONE,
                Epoch.NONE.next());
    }
}
