package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.GrainId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class OpenTelemetrySpansTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @Test
    void aCommandIsASpanOfItsCallerThatTheServerIsToldOf() {
        OpenTelemetrySdk sampling = sdk(Sampler.alwaysOn());
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = client(server.endpoint(), sampling)) {
            Span caller = sampling.getTracer("test").spanBuilder("caller").startSpan();
            within(caller, () -> client.grains().acquire(Fixture.CART, Fixture.EU).orThrow());
            SpanData span = spans(1).getFirst();
            assertThat(span.getName()).isEqualTo("staddle acquire");
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getParentSpanId()).isEqualTo(caller.getSpanContext().getSpanId());
            assertThat(span.getTraceId()).isEqualTo(caller.getSpanContext().getTraceId());
            assertThat(texts(span))
                    .containsEntry("staddle.command", "acquire")
                    .containsEntry("staddle.outcome", "done")
                    .containsEntry("staddle.attempts", "1")
                    .containsKey("staddle.revision");
            assertThat(server.traceparents()).containsExactly(traceparent(span));
        }
    }

    @Test
    void aRefusalIsMarkedAndNoError() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = client(server.endpoint(), sdk(Sampler.alwaysOn()))) {
            client.grains().acquire(GrainId.of("cart", "refused"), Fixture.EU);
            SpanData span = spans(1).getFirst();
            assertThat(texts(span))
                    .containsEntry("staddle.outcome", "refused")
                    .containsKey("staddle.refusal");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        }
    }

    @Test
    void whatNobodyKnowsIsAnErrorWithAllItsAttempts() {
        try (FakeServer server = FakeServer.playing(Role.losesOutcomes());
                StaddleClient client =
                        builder(server.endpoint(), sdk(Sampler.alwaysOn()))
                                .deadline(Duration.ofSeconds(1))
                                .build()) {
            client.grains().acquire(Fixture.CART, Fixture.EU);
            SpanData span = spans(1).getFirst();
            assertThat(texts(span)).containsEntry("staddle.outcome", "unknown");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getAttributes().get(AttributeKey.longKey("staddle.attempts")))
                    .isGreaterThan(1);
        }
    }

    @Test
    void whatNobodyTookIsAnError() {
        try (StaddleClient client =
                builder(Fixture.nowhere(), sdk(Sampler.alwaysOn()))
                        .deadline(Duration.ofMillis(100))
                        .build()) {
            assertThatThrownBy(() -> client.grains().lookup(Fixture.CART))
                    .isInstanceOf(StaddleUnavailableException.class);
            SpanData span = spans(1).getFirst();
            assertThat(span.getName()).isEqualTo("staddle lookup");
            assertThat(texts(span))
                    .containsEntry("staddle.query", "lookup")
                    .containsEntry("staddle.outcome", "failed");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        }
    }

    @Test
    void eachCommandOfABatchHasItsOwnTrace() {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = client(server.endpoint(), sdk(Sampler.alwaysOn()))) {
            List<CompletableFuture<Result<Answer.Grant>>> calls = acquire(client, 20);
            await().atMost(PATIENCE).until(() -> server.writes().equals(List.of(1)));
            server.become(Role.leads());
            server.release();
            calls.forEach(call -> call.join().orThrow());

            assertThat(server.writes()).containsExactly(1, 19);
            assertThat(server.traceparents())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(
                            spans(20).stream().map(OpenTelemetrySpansTest::traceparent).toList());
        }
    }

    @Test
    void aBulkIsPartOfWhatItsCallerIsAtToItsEnd() {
        OpenTelemetrySdk sampling = sdk(Sampler.alwaysOn());
        List<DirectoryCommand> commands =
                IntStream.range(0, 50)
                        .<DirectoryCommand>mapToObj(
                                i -> new DirectoryCommand.Acquire(Fixture.cart(i), Fixture.EU, 0))
                        .toList();
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = builder(server.endpoint(), sampling).callsMax(4).build()) {
            Span caller = sampling.getTracer("test").spanBuilder("caller").startSpan();
            within(caller, () -> client.grains().carryOut(commands));
            assertThat(spans(50))
                    .extracting(SpanData::getParentSpanId)
                    .containsOnly(caller.getSpanContext().getSpanId());
        }
    }

    @Test
    void serversAreToldNothingOfWhatIsNotSampledOrNotTraced() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient unsampled = client(server.endpoint(), sdk(Sampler.alwaysOff()));
                StaddleClient untraced = Fixture.patientClientOf(server)) {
            unsampled.grains().acquire(Fixture.CART, Fixture.EU).orThrow();
            acquire(unsampled, 20).forEach(CompletableFuture::join);
            untraced.grains().acquire(Fixture.CART, Fixture.EU).orThrow();

            assertThat(server.traceparents()).hasSize(22).containsOnly("");
            assertThat(exporter.getFinishedSpanItems()).isEmpty();
        }
    }

    private static List<CompletableFuture<Result<Answer.Grant>>> acquire(
            StaddleClient client, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> client.grains().async().acquire(Fixture.cart(i), Fixture.EU))
                .toList();
    }

    private static void within(Span caller, Runnable calls) {
        Context.root().with(caller).wrap(calls).run();
    }

    private OpenTelemetrySdk sdk(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(
                        SdkTracerProvider.builder()
                                .setSampler(sampler)
                                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                                .build())
                .build();
    }

    private static StaddleClient client(Endpoint endpoint, OpenTelemetrySdk sdk) {
        return builder(endpoint, sdk).build();
    }

    private static StaddleClient.Builder builder(Endpoint endpoint, OpenTelemetrySdk sdk) {
        return StaddleClient.builder()
                .endpoints(endpoint.toString())
                .deadline(Fixture.AMPLE)
                .patience(Fixture.AMPLE)
                .openTelemetry(sdk);
    }

    /// A caller may go on before the span of its call has ended.
    private List<SpanData> spans(int wanted) {
        await().atMost(PATIENCE).until(() -> exporter.getFinishedSpanItems().size() >= wanted);
        assertThat(exporter.getFinishedSpanItems()).hasSize(wanted);
        return exporter.getFinishedSpanItems();
    }

    private static Map<String, String> texts(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                each -> each.getKey().getKey(),
                                each -> String.valueOf(each.getValue())));
    }

    private static String traceparent(SpanData span) {
        String flags = span.getSpanContext().getTraceFlags().asHex();
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + flags;
    }
}
