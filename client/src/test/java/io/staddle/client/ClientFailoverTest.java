package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

final class ClientFailoverTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void aHintIsFollowedAtOnceAndRemembered() {
        try (FakeServer leader = FakeServer.playing(Role.leads());
                FakeServer follower = FakeServer.playing(Role.notLeader(leader.endpoint()));
                StaddleClient client = Fixture.clientOf(follower)) {
            acquire(client).orThrow();
            acquire(client).orThrow();
            assertThat(follower.writes()).hasSize(1);
            assertThat(leader.writes()).hasSize(2);
        }
    }

    @Test
    void withoutAHintOneServerAfterTheOtherIsAsked() {
        try (FakeServer first = FakeServer.playing(Role.notLeader());
                FakeServer second = FakeServer.playing(Role.notLeader());
                FakeServer leader = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(first, second, leader)) {
            acquire(client).orThrow();
            assertThat(first.writes()).hasSize(1);
            assertThat(second.writes()).hasSize(1);
        }
    }

    @Test
    void aHintThatIsWrongDoesNotStopTheSearch() {
        try (FakeServer leader = FakeServer.playing(Role.leads());
                FakeServer misled = FakeServer.playing(Role.notLeader(Fixture.nowhere()));
                StaddleClient client = Fixture.clientOf(misled, leader)) {
            acquire(client).orThrow();
        }
    }

    @Test
    void twoServersThatNameEachOtherAreAskedUntilOneOfThemLeads() {
        try (FakeServer first = FakeServer.playing(Role.leads());
                FakeServer second = FakeServer.playing(Role.notLeader(first.endpoint()))) {
            first.become(
                    Role.inTurn(
                            Role.notLeader(second.endpoint()),
                            Role.notLeader(second.endpoint()),
                            Role.notLeader(second.endpoint()),
                            Role.leads()));
            try (StaddleClient client = Fixture.clientOf(first, second)) {
                acquire(client).orThrow();
            }
        }
    }

    @Test
    void whenTheLeaderDiesItsCallsGoToTheNext() {
        try (FakeServer old = FakeServer.playing(Role.leads());
                FakeServer next = FakeServer.playing(Role.notLeader(old.endpoint()));
                StaddleClient client = Fixture.clientOf(old, next)) {
            acquire(client).orThrow();
            old.become(Role.dies());
            next.become(Role.inTurn(Role.notLeader(), Role.notLeader(), Role.leads()));
            acquire(client).orThrow();
            acquire(client).orThrow();
        }
    }

    @Test
    void aServerThatComesBackIsFoundAgain() throws InterruptedException {
        try (FakeServer old = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(old)) {
            acquire(client).orThrow();
            old.kill();
            CompletableFuture<Result<Answer.Grant>> call =
                    client.grains().async().acquire(Fixture.CART, Fixture.EU);
            try (FakeServer again = FakeServer.at(old.endpoint(), Role.leads())) {
                call.join().orThrow();
                assertThat(again.writes()).hasSize(1);
            }
        }
    }

    @Test
    void aHungLeaderIsLeftAfterAWhile() {
        try (FakeServer hung = FakeServer.playing(Role.leads());
                FakeServer next = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(hung, next)) {
            acquire(client).orThrow();
            FakeServer silent = hung.writes().isEmpty() ? next : hung;
            FakeServer other = silent == hung ? next : hung;
            other.become(
                    Role.inTurn(Role.notLeader(silent.endpoint()), Role.notLeader(), Role.leads()));
            silent.become(Role.holds());
            acquire(client).orThrow();
            assertThat(other.writes()).hasSize(3);
        }
    }

    @Test
    void aLeaderThatHungUntilTheDeadlineIsNotAskedForEver() {
        try (FakeServer hung = FakeServer.playing(Role.leads());
                FakeServer next = FakeServer.playing(Role.notLeader());
                StaddleClient client =
                        Fixture.patientClientWithin(Duration.ofSeconds(2), hung, next)) {
            acquire(client).orThrow();
            hung.become(Role.holds());
            assertThat(acquire(client)).isInstanceOf(Result.Unknown.class);
            next.become(Role.leads());
            await().atMost(Fixture.AMPLE).until(() -> acquire(client) instanceof Result.Done);
        }
    }

    @Test
    void theLateAnswerOfASlowLeaderCounts() {
        try (FakeServer slow = FakeServer.playing(Role.leads());
                FakeServer follower = FakeServer.playing(Role.notLeader(slow.endpoint()));
                StaddleClient client = Fixture.clientOf(slow, follower)) {
            acquire(client).orThrow();
            slow.become(Role.holds());
            int before = follower.writes().size();
            CompletableFuture<Result<Answer.Grant>> call =
                    client.grains().async().acquire(Fixture.CART, Fixture.EU);
            await().until(() -> follower.writes().size() > before);
            slow.release();
            call.join().orThrow();
        }
    }

    @Test
    void aServerThatNeverSpeaksHttpIsPassedOver() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FakeServer leader = FakeServer.playing(Role.leads());
                StaddleClient client =
                        Fixture.clientAt(
                                Fixture.AMPLE,
                                new Endpoint("127.0.0.1", mute.getLocalPort()),
                                leader.endpoint())) {
            acquire(client).orThrow();
        }
    }

    @Test
    void aCommandThatNoServerTookWasSurelyNotCarriedOut() throws IOException {
        Endpoint nowhere = Fixture.nowhere();
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FakeServer follower = FakeServer.playing(Role.notLeader())) {
            Endpoint silent = new Endpoint("127.0.0.1", mute.getLocalPort());
            Duration patient = Duration.ofMillis(1_500);
            try (StaddleClient client =
                    Fixture.clientAt(patient, nowhere, silent, follower.endpoint())) {
                assertThatThrownBy(() -> acquireUntilNobodyIsAskedAtTheDeadline(client))
                        .asInstanceOf(type(StaddleUnavailableException.class))
                        .satisfies(why ->
                                assertThat(why.failures())
                                        .containsOnlyKeys(nowhere, silent, follower.endpoint()));
            }
        }
    }

    /// If the deadline passes while a server is being asked, nobody can know, so it is tried again.
    private static void acquireUntilNobodyIsAskedAtTheDeadline(StaddleClient client) {
        for (int i = 0; i < 20; i++) {
            assertThat(acquire(client))
                    .isEqualTo(new Result.Unknown<>("a server had not answered by the deadline"));
        }
    }

    @Test
    void aServerThatSaysLateThatItDoesNotLeadLeavesNoDoubt() {
        CompletableFuture<Void> askedAgain = new CompletableFuture<>();
        Role again =
                () -> {
                    askedAgain.complete(null);
                    return Role.notLeader().next();
                };
        Role late = Role.inTurn(Role.notLeaderAfter(askedAgain), again);
        try (FakeServer slow = FakeServer.playing(late);
                StaddleClient client = Fixture.clientAt(Duration.ofSeconds(2), slow.endpoint())) {
            assertThatThrownBy(() -> acquireUntilNobodyIsAskedAtTheDeadline(client))
                    .isInstanceOf(StaddleUnavailableException.class);
            assertThat(slow.writes()).as("asked again while it was silent").hasSizeGreaterThan(1);
        }
    }

    @Test
    void anOverloadedLeaderIsAskedAgain() {
        try (FakeServer leader =
                        FakeServer.playing(
                                Role.inTurn(Role.overloaded(), Role.overloaded(), Role.leads()));
                StaddleClient client = Fixture.clientOf(leader)) {
            acquire(client).orThrow();
            assertThat(leader.writes()).hasSize(3);
        }
    }

    @Test
    void aLostOutcomeIsAskedForAgain() {
        try (FakeServer leader =
                        FakeServer.playing(
                                Role.inTurn(
                                        Role.losesOutcomes(),
                                        Role.fails(Status.INTERNAL),
                                        Role.leads()));
                StaddleClient client = Fixture.clientOf(leader)) {
            acquire(client).orThrow();
        }
    }

    @Test
    void aLostOutcomeIsUnknownOnlyAtTheDeadline() {
        try (FakeServer leader = FakeServer.playing(Role.losesOutcomes());
                StaddleClient client = Fixture.clientWithin(SHORT, leader)) {
            long start = System.nanoTime();
            assertThat(acquire(client)).isInstanceOf(Result.Unknown.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORT);
        }
    }

    @Test
    void aServerThatDoesNotAnswerLeavesTheOutcomeUnknown() {
        try (FakeServer silent = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.clientWithin(SHORT, silent)) {
            assertThat(acquire(client)).isInstanceOf(Result.Unknown.class);
            assertThatThrownBy(() -> client.grains().lookup(Fixture.CART))
                    .isInstanceOf(StaddleDeadlineException.class);
        }
    }

    @Test
    void oneLostOutcomeIsEnoughToBeUnsure() {
        try (FakeServer leader =
                        FakeServer.playing(Role.inTurn(Role.losesOutcomes(), Role.notLeader()));
                StaddleClient client = Fixture.clientWithin(SHORT, leader)) {
            assertThat(acquire(client)).isInstanceOf(Result.Unknown.class);
        }
    }

    @Test
    void whatIsForbiddenOrSenselessIsNotRepeated() {
        try (FakeServer server = FakeServer.playing(Role.fails(Status.PERMISSION_DENIED));
                StaddleClient client = Fixture.clientOf(server)) {
            assertThatThrownBy(() -> acquire(client)).isInstanceOf(StaddleForbiddenException.class);
            server.become(Role.fails(Status.UNIMPLEMENTED));
            assertThatThrownBy(() -> acquire(client)).isInstanceOf(StaddleProtocolException.class);
            assertThat(server.writes()).hasSize(2);
        }
    }

    @Test
    void ofABatchThatMakesNoSenseOnlyTheGuiltyFails() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            server.limit(3);
            List<CompletableFuture<Result<Answer.Grant>>> calls =
                    IntStream.range(0, 100)
                            .mapToObj(Fixture::cart)
                            .map(cart -> client.grains().async().acquire(cart, Fixture.EU))
                            .toList();
            calls.forEach(call -> call.join().orThrow());
            server.limit(0);
            assertThatThrownBy(() -> acquire(client)).isInstanceOf(StaddleProtocolException.class);
        }
    }

    @Test
    void inABulkACommandThatNobodyTookIsUnknown() {
        try (StaddleClient client = Fixture.clientAt(SHORT, Fixture.nowhere())) {
            assertThat(
                            client.grains()
                                    .carryOut(
                                            List.of(
                                                    new DirectoryCommand.Acquire(
                                                            Fixture.CART, Fixture.EU, 0))))
                    .singleElement()
                    .isInstanceOf(Result.Unknown.class);
        }
    }

    private static Result<Answer.Grant> acquire(StaddleClient client) {
        return client.grains().acquire(Fixture.CART, Fixture.EU);
    }
}
