package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.AsOf;
import io.staddle.api.v1.BarriersGrpc;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.DiffRequest;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.ListBarriersRequest;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.ReplayGrpc;
import io.staddle.api.v1.Revision;
import io.staddle.api.v1.WriteBatch;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Requests and pages at their limits, and one above.
final class SizesTest {
    private static final int BYTES_MAX = 64 << 10;

    @TempDir static Path directory;
    private static ServedQuorum served;

    /// A field that says how much is asked for.
    ///
    /// @param what method and field
    /// @param limit the setting, as it is named to who asks for too much
    private record Bound(String what, int max, String limit, Call call) {
        String field() {
            return what.split(" ", 2)[1];
        }
    }

    private interface Call {
        void ask(int much);
    }

    @BeforeAll
    static void start() {
        served =
                new ServedQuorum(
                        directory, "limits: {message-bytes: " + BYTES_MAX + ", page-size: 7}");
        served.register("eu");
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void aPageIsBoundedWhereverOneIsAskedFor() {
        for (Bound bound : bounds()) {
            bound.call().ask(0);
            bound.call().ask(bound.max());
            for (int wrong : List.of(-1, bound.max() + 1)) {
                StatusRuntimeException told = failure(() -> bound.call().ask(wrong));
                assertThat(told.getStatus().getCode())
                        .as("%s of %s", bound.what(), wrong)
                        .isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(told.getStatus().getDescription())
                        .isEqualTo(
                                "%s must be 0 to %d%s, but is \"%d\""
                                        .formatted(
                                                bound.field(), bound.max(), bound.limit(), wrong));
            }
        }
    }

    /// Whoever adds a page finds its row missing here.
    @Test
    void eachFieldThatAsksForAPageIsAmongThem() {
        Set<String> asked = new TreeSet<>();
        for (var service : ListGrainsRequest.getDescriptor().getFile().getServices()) {
            for (var method : service.getMethods()) {
                fields(method.getInputType())
                        .forEach(field ->
                                asked.add(
                                        service.getName() + "/" + method.getName() + " " + field));
            }
        }
        assertThat(bounds().stream().map(Bound::what).collect(Collectors.toSet())).isEqualTo(asked);
    }

    @Test
    void aRequestAtItsLimitIsTakenAndALongerOneIsToldTheLimit() {
        assertThat(batches().write(batch(BYTES_MAX)).getOutcomesCount()).isEqualTo(1);
        // The last ones are also above what is read of a request at all.
        for (int more : List.of(1, 1_000, 1_019, 1_020, 10_000, 10 * BYTES_MAX)) {
            StatusRuntimeException told = failure(() -> batches().write(batch(BYTES_MAX + more)));
            assertThat(told.getStatus().getCode())
                    .as("%s more: %s", more, told)
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(told)
                    .hasMessageContaining("at most 65536 bytes long (limits.message-bytes)");
            Metadata trailers = Optional.ofNullable(told.getTrailers()).orElseThrow();
            assertThat(trailers.get(Trailers.REASON)).isEqualTo("MALFORMED");
            assertThat(trailers.get(Trailers.OUTCOME)).isEqualTo("none");
        }
        assertThat(batches().write(batch(BYTES_MAX)).getOutcomesCount()).isEqualTo(1);
    }

    @Test
    void scriptsAreToldTheLimitToo() {
        for (int bytes : List.of(BYTES_MAX + 100, 2 * BYTES_MAX)) {
            AggregatedHttpResponse told =
                    BlockingWebClient.of("http://127.0.0.1:" + served.api.port())
                            .execute(
                                    HttpRequest.of(
                                            HttpMethod.POST,
                                            "/staddle.v1.Directory/ListGrains",
                                            MediaType.JSON,
                                            HttpData.ofUtf8(
                                                    "{\"type\": \"" + "x".repeat(bytes) + "\"}")));
            assertThat(told.status().isClientError()).as(told.toString()).isTrue();
            assertThat(told.contentUtf8()).contains("65536").contains("limits.message-bytes");
        }
    }

    private static List<Bound> bounds() {
        return Stream.concat(bySetting(), fixed()).toList();
    }

    private static Stream<Bound> bySetting() {
        var directoryApi = served.stub(DirectoryGrpc.DirectoryBlockingStub.class);
        var events = served.stub(EventsGrpc.EventsBlockingStub.class);
        var replay = served.stub(ReplayGrpc.ReplayBlockingStub.class);
        var grains = ListGrainsRequest.newBuilder();
        var list = ListEventsRequest.newBuilder();
        var then = AsOf.newBuilder().setRevision(Revision.newBuilder().setIndex(1));
        var diff = DiffRequest.newBuilder().setFrom(then);
        var peek = PeekReplayRequest.newBuilder().setTarget("eu");
        return Stream.of(
                page(
                        "Directory/ListGrains page_size",
                        much -> directoryApi.listGrains(grains.setPageSize(much).build())),
                page(
                        "Directory/ListGrains page_size",
                        much ->
                                directoryApi.listGrains(
                                        grains.clone().setHolding(1).setPageSize(much).build())),
                page("Events/List limit", much -> events.list(list.setLimit(much).build())),
                page("Events/Diff limit", much -> events.diff(diff.setLimit(much).build())),
                page("Replay/Peek limit", much -> replay.peek(peek.setLimit(much).build())));
    }

    private static Stream<Bound> fixed() {
        var replay = served.stub(ReplayGrpc.ReplayBlockingStub.class);
        var barriers = served.stub(BarriersGrpc.BarriersBlockingStub.class);
        var peek = PeekReplayRequest.newBuilder().setTarget("eu");
        var list = ListBarriersRequest.newBuilder().setScope("s");
        return Stream.of(
                new Bound(
                        "Replay/Peek max_bytes",
                        2 << 20,
                        "",
                        much -> replay.peek(peek.setMaxBytes(much).build())),
                new Bound(
                        "Barriers/List limit",
                        1_000,
                        "",
                        much -> barriers.list(list.setLimit(much).build())));
    }

    private static Bound page(String what, Call call) {
        return new Bound(what, 7, " (limits.page-size)", call);
    }

    private static List<String> fields(Descriptor request) {
        return request.getFields().stream()
                .map(FieldDescriptor::getName)
                .filter(Set.of("page_size", "limit", "max_bytes", "max", "max_rows")::contains)
                .toList();
    }

    private static BatchGrpc.BatchBlockingStub batches() {
        return served.stub(BatchGrpc.BatchBlockingStub.class);
    }

    /// Returns a batch of that size, of one command that can never be right.
    private static WriteBatch batch(int bytes) {
        int key = bytes;
        WriteBatch batch = batchWithKey(key);
        while (batch.getSerializedSize() > bytes) {
            key -= batch.getSerializedSize() - bytes;
            batch = batchWithKey(key);
        }
        assertThat(batch.getSerializedSize()).isEqualTo(bytes);
        return batch;
    }

    private static WriteBatch batchWithKey(int length) {
        Command.Builder command = Command.newBuilder();
        command.getAcquireBuilder()
                .setCluster("eu")
                .getGrainBuilder()
                .setType("t")
                .setKey("k".repeat(length));
        return WriteBatch.newBuilder().addCommands(command).build();
    }

    private static StatusRuntimeException failure(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }
}
