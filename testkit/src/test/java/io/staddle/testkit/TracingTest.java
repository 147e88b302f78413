package io.staddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.server.EmbeddedServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Spans from a call to its application, as a collector gets them from a real server.
final class TracingTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final ServerId SERVER = new ServerId("s1");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private static Path directory;
    private static OtlpReceiver receiver;
    private static Site site;
    private static EmbeddedServer server;

    private final InMemorySpanExporter ofClient = InMemorySpanExporter.create();

    @BeforeAll
    static void aServerTraces() throws Exception {
        receiver = OtlpReceiver.start();
        site = new Site(directory, 1);
        Files.writeString(
                site.config(SERVER),
                "tracing:\n  otlp-endpoint: " + receiver.endpoint() + "\n",
                StandardOpenOption.APPEND);
        server =
                EmbeddedServer.start(
                        site.config(SERVER), InstantSource.system(), System::nanoTime, why -> {});
        try (StaddleClient client = client().build()) {
            client.clusters()
                    .register(EU, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                    .orThrow();
        }
    }

    @AfterAll
    static void itStops() {
        server.close();
        site.close();
        receiver.close();
    }

    @Test
    void anAcquireIsOneTraceFromItsCallerToItsApplication() {
        try (StaddleClient client = client().openTelemetry(sdk(Sampler.alwaysOn())).build()) {
            client.grains().acquire(GrainId.parse("cart/1"), EU).orThrow();
        }
        SpanData asked = asked(1).getFirst();
        Span command = partOf(asked);
        Span entry = child(command, "staddle entry");

        assertThat(command.getName()).isEqualTo("staddle acquire");
        assertThat(command.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(OtlpReceiver.texts(command.getAttributesList()))
                .containsEntry("staddle.outcome", "done")
                .containsKey("staddle.revision");
        assertThat(command.getLinksList())
                .extracting(Span.Link::getSpanId)
                .containsExactly(entry.getSpanId());
        assertThat(entry.getLinksList()).isEmpty();
        assertThat(OtlpReceiver.texts(entry.getAttributesList()))
                .containsEntry("staddle.commands", "1")
                .containsKey("staddle.index");
        Span queue = child(command, "staddle queue");
        Span commit = child(entry, "staddle commit");
        Span apply = child(entry, "staddle apply");
        assertThat(List.of(command, queue, entry, commit, apply))
                .extracting(each -> OtlpReceiver.hex(each.getTraceId()))
                .containsOnly(asked.getTraceId());
        assertThat(commit.getEndTimeUnixNano()).isEqualTo(apply.getStartTimeUnixNano());
        assertThat(apply.getEndTimeUnixNano()).isGreaterThan(commit.getStartTimeUnixNano());
        assertThat(receiver.sender())
                .containsEntry("service.name", "staddle")
                .containsEntry("service.namespace", "embedded")
                .containsEntry("service.instance.id", "s1");
    }

    @Test
    void aRefusalIsMarkedAndNoError() {
        GrainId cart = GrainId.parse("cart/2");
        Refusal why;
        try (StaddleClient client = client().openTelemetry(sdk(Sampler.alwaysOn())).build()) {
            client.grains().acquire(cart, EU).orThrow();
            Result<Answer.Grant> second = client.grains().acquire(cart, new ClusterId("us"));
            why = ((Result.Refused<Answer.Grant>) second).why();
        }
        Span command = partOf(asked(2).getLast());

        assertThat(OtlpReceiver.texts(command.getAttributesList()))
                .containsEntry("staddle.outcome", "refused")
                .containsEntry("staddle.refusal", RefusalText.of(why).code());
        assertThat(command.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
        assertThat(child(command, "staddle entry").getStatus().getCode())
                .isEqualTo(StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void callsThatShareAnEntryEachFindItAndItFindsThem() {
        try (StaddleClient client = client().openTelemetry(sdk(Sampler.alwaysOn())).build()) {
            List<CompletableFuture<Result<Answer.Grant>>> calls =
                    IntStream.range(0, 100)
                            .mapToObj(i ->
                                    client.grains().async().acquire(GrainId.of("many", "" + i), EU))
                            .toList();
            calls.forEach(call -> call.join().orThrow());
        }
        Set<String> entries =
                asked(100).stream()
                        .map(TracingTest::partOf)
                        .map(TracingTest::entryThatKnows)
                        .collect(Collectors.toSet());

        assertThat(entries).as("they shared some").hasSizeLessThan(100);
    }

    @Test
    void whatIsNotSampledIsNotSent() {
        try (StaddleClient untraced = client().build();
                StaddleClient unsampled = client().openTelemetry(sdk(Sampler.alwaysOff())).build();
                StaddleClient sampled = client().openTelemetry(sdk(Sampler.alwaysOn())).build()) {
            untraced.grains().acquire(GrainId.parse("quiet/1"), EU).orThrow();
            untraced.grains().lookup(GrainId.parse("quiet/1"));
            unsampled.grains().acquire(GrainId.parse("quiet/2"), EU).orThrow();
            // What comes later is sent later.
            sampled.grains().acquire(GrainId.parse("quiet/3"), EU).orThrow();
        }
        partOf(asked(1).getFirst());

        assertThat(receiver.spans())
                .filteredOn(each -> each.getKind() == SpanKind.SPAN_KIND_SERVER)
                .noneMatch(each -> each.getParentSpanId().isEmpty());
    }

    @Test
    void aLookupIsOneTraceFromItsCallerToTheStateThatItWasReadFrom() {
        GrainId cart = GrainId.parse("cart/read");
        try (StaddleClient client = client().openTelemetry(sdk(Sampler.alwaysOn())).build()) {
            client.grains().lookup(cart);
            client.grains().lookup(cart, Consistency.STALE);
            client.clusters().list();
        }
        List<SpanData> asked = asked(3);
        Span sure = partOf(asked.get(0));
        Span stale = partOf(asked.get(1));
        Span list = partOf(asked.get(2));

        assertThat(sure.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(List.of(sure, stale, list))
                .extracting(Span::getName)
                .as("as the client calls them")
                .containsExactlyElementsOf(asked.stream().map(SpanData::getName).toList());
        assertThat(OtlpReceiver.texts(sure.getAttributesList()))
                .containsEntry("staddle.query", "lookup")
                .containsEntry("staddle.consistency", "linearizable")
                .containsEntry("staddle.outcome", "done")
                .containsKey("staddle.index");
        Span wait = child(sure, "staddle read-index");
        assertThat(wait.getEndTimeUnixNano()).isLessThanOrEqualTo(sure.getEndTimeUnixNano());
        assertThat(OtlpReceiver.texts(stale.getAttributesList()))
                .containsEntry("staddle.consistency", "stale");
        assertThat(receiver.spans())
                .as("it waited for nothing")
                .noneMatch(each -> each.getParentSpanId().equals(stale.getSpanId()));
    }

    @Test
    void lookupsThatShareARequestEachHaveASpanInTheirOwnTrace() {
        try (StaddleClient client = client().openTelemetry(sdk(Sampler.alwaysOn())).build()) {
            List<CompletableFuture<Ownership>> calls =
                    IntStream.range(0, 100)
                            .mapToObj(
                                    i -> client.grains().async().lookup(GrainId.of("read", "" + i)))
                            .toList();
            calls.forEach(CompletableFuture::join);
        }
        assertThat(asked(100).stream().map(TracingTest::partOf))
                .allMatch(each -> each.getName().equals("staddle lookup"));
    }

    /// Returns the entry that a command has a link to, once it has come, if that knows the command.
    private static String entryThatKnows(Span command) {
        assertThat(command.getLinksList()).hasSize(1);
        Span.Link link = command.getLinks(0);
        Span entry = received(each -> each.getSpanId().equals(link.getSpanId()));
        assertThat(entry.getName()).isEqualTo("staddle entry");
        assertThat(
                        entry.getParentSpanId().equals(command.getSpanId())
                                || entry.getLinksList().stream()
                                        .anyMatch(each ->
                                                each.getSpanId().equals(command.getSpanId())))
                .as("the entry knows the command")
                .isTrue();
        return OtlpReceiver.hex(entry.getSpanId());
    }

    private static Span partOf(SpanData asked) {
        return received(each -> OtlpReceiver.hex(each.getParentSpanId()).equals(asked.getSpanId()));
    }

    private static Span child(Span parent, String name) {
        return received(each ->
                each.getParentSpanId().equals(parent.getSpanId()) && each.getName().equals(name));
    }

    private static Span received(Predicate<Span> wanted) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> receiver.spans().stream().anyMatch(wanted));
        List<Span> found = receiver.spans().stream().filter(wanted).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /// The spans of the client, in the order in which they ended. A caller may go on before that.
    private List<SpanData> asked(int wanted) {
        await().atMost(PATIENCE).until(() -> ofClient.getFinishedSpanItems().size() == wanted);
        return ofClient.getFinishedSpanItems();
    }

    private static StaddleClient.Builder client() {
        return StaddleClient.builder().endpoints(site.endpoints()).deadline(PATIENCE);
    }

    private OpenTelemetrySdk sdk(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(
                        SdkTracerProvider.builder()
                                .setSampler(sampler)
                                .addSpanProcessor(SimpleSpanProcessor.create(ofClient))
                                .build())
                .build();
    }
}
