package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

final class ClientAnswersTest {
    @Test
    void aRefusalIsAValueWithItsFacts() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            Result<Answer.Grant> result =
                    client.grains().acquire(GrainId.of("cart", "refused"), Fixture.EU);
            assertThat(
                            result instanceof Result.Refused<Answer.Grant> refused
                                    ? refused.why()
                                    : result)
                    .isEqualTo(new Refusal.ClusterDraining(Fixture.EU));
            assertThatThrownBy(result::orThrow)
                    .isInstanceOf(StaddleRefusedException.class)
                    .hasMessageContaining("CLUSTER_DRAINING");
        }
    }

    @Test
    void aRefusalOfANewerServerKeepsItsWords() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            Result<Answer.Grant> result =
                    client.grains().acquire(GrainId.of("cart", "strange"), Fixture.EU);
            assertThatThrownBy(result::orThrow)
                    .hasMessageContaining("FROM_THE_FUTURE")
                    .hasMessageContaining("not yet known");
        }
    }

    @Test
    void aFenceCheckTellsWhetherItIsHeld() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            Held right = new Held(Fixture.CART, Fixture.EU, new Epoch(7));
            Held wrong = new Held(Fixture.CART, Fixture.EU, new Epoch(6));
            assertThat(client.grains().checkFence(right).valid()).isTrue();
            assertThat(client.grains().checkFence(wrong).valid()).isFalse();
        }
    }

    @Test
    void aListPagesByItselfAndReadsOnePageAhead() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            server.list(request -> page(request, 5));
            try (GrainCursor cursor =
                    client.grains().list(new GrainFilter.All(), Consistency.LINEARIZABLE)) {
                assertThat(cursor.next().grain()).isEqualTo(Fixture.cart(0));
                await().until(() -> server.lists() == 2);
                List<GrainId> rest = cursor.stream().map(Ownership::grain).toList();
                assertThat(rest).isEqualTo(IntStream.range(1, 15).mapToObj(Fixture::cart).toList());
                assertThat(cursor.hasNext()).isFalse();
                assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
                assertThat(server.lists()).isEqualTo(5);
            }
        }
    }

    @Test
    void aClosedListHasEnded() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            server.list(request -> page(request, 5));
            GrainCursor cursor = client.grains().listByOwner(Fixture.EU);
            cursor.next();
            cursor.close();
            assertThat(cursor.hasNext()).isFalse();
        }
    }

    @Test
    void anAnswerThatIsTooLongIsNotAskedForAgainAndNamesTheBound() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            ByteString tooLong = ByteString.copyFrom(new byte[Core.MESSAGE_BYTES_MAX + 1]);
            server.list(request -> ListGrainsAnswer.newBuilder().setNextPageToken(tooLong).build());
            StaddleProtocolException told =
                    catchThrowableOfType(
                            StaddleProtocolException.class,
                            () -> client.grains().listByOwner(Fixture.EU).hasNext());
            assertThat(told)
                    .hasMessageContaining("67108864 bytes that this client takes")
                    .hasMessageContaining("smaller pages");
            assertThat(told.isAboutTheRequest()).isTrue();
            assertThat(server.lists()).isEqualTo(1);
        }
    }

    @Test
    void anEmptyListHasNoElements() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            assertThat(client.grains().listByOwner(Fixture.EU).hasNext()).isFalse();
        }
    }

    @Test
    void staleLookupsAreSpreadOverTheServers() {
        try (FakeServer first = FakeServer.playing(Role.leads());
                FakeServer second = FakeServer.playing(Role.leads());
                FakeServer third = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(first, second, third)) {
            for (int i = 0; i < 9; i++) {
                client.grains().lookup(Fixture.CART, Consistency.STALE);
            }
            assertThat(first.reads()).hasSize(3);
            assertThat(second.reads()).hasSize(3);
            assertThat(third.reads()).hasSize(3);
        }
    }

    @Test
    void aClientThatOnlyReadsFindsTheLeader() {
        try (FakeServer leader = FakeServer.playing(Role.leads());
                FakeServer follower = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(follower, leader)) {
            follower.follow(leader);
            client.grains().lookup(Fixture.CART);
            await().until(() -> {
                int before = follower.reads().size();
                for (int i = 0; i < 10; i++) {
                    client.grains().lookup(Fixture.CART);
                }
                return follower.reads().size() == before;
            });
        }
    }

    @Test
    void everyEndpointAnswersForItself() {
        try (FakeServer alive = FakeServer.playing(Role.leads())) {
            Endpoint nowhere = Fixture.nowhere();
            try (StaddleClient client =
                    Fixture.clientAt(Fixture.AMPLE, alive.endpoint(), nowhere)) {
                List<ServerReply<ServerDescription>> replies = client.servers().describeAll();
                assertThat(replies)
                        .extracting(ServerReply::endpoint)
                        .containsExactly(alive.endpoint(), nowhere);
                assertThat(words(replies.get(0))).isEqualTo("LEADER");
                assertThat(words(replies.get(1))).contains("Connection refused");
            }
        }
    }

    private static String words(ServerReply<ServerDescription> reply) {
        return switch (reply) {
            case ServerReply.Answered<ServerDescription> answered -> answered.value().role();
            case ServerReply.Failed<ServerDescription> failed -> failed.why().toString();
        };
    }

    private static ListGrainsAnswer page(ListGrainsRequest request, int pages) {
        int number = request.getPageToken().isEmpty() ? 0 : request.getPageToken().byteAt(0);
        ListGrainsAnswer.Builder answer = ListGrainsAnswer.newBuilder();
        for (int i = 0; i < 3; i++) {
            answer.addGrains(
                    OwnershipCodec.encode(
                            new Ownership.Unowned(Fixture.cart(3 * number + i), Epoch.NONE)));
        }
        if (number + 1 < pages) {
            answer.setNextPageToken(ByteString.copyFrom(new byte[] {(byte) (number + 1)}));
        }
        return answer.build();
    }
}
