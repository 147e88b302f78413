package io.staddle.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.junit.jupiter.api.Test;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

final class EntryTraceTest {
    private final Spans spans = new Spans();
    private final Tracer tracer =
            SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build()
                    .get("test");

    @Test
    void anEntryIsPartOfItsFirstTracedCommandAndKnowsTheOthers() {
        CommandTrace first = command();
        CommandTrace second = command();
        EntryTrace entry =
                EntryTrace.NONE.with(CommandTrace.NONE).with(first).with(second).begin(3);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        CompletableFuture<String> told = entry.endingWith(outcome);
        entry.committed(42);
        entry.applied();
        assertThat(spans.named("staddle entry")).isEmpty();

        outcome.complete("outcome");

        assertThat(told).isCompletedWithValue("outcome");
        SpanData ended = spans.named("staddle entry").getFirst();
        assertThat(ended.getParentSpanId()).isEqualTo(id(first));
        assertThat(ended.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(SpanContext::getSpanId)
                .containsExactly(id(second));
        assertThat(spans.named("staddle queue"))
                .extracting(SpanData::getParentSpanId)
                .containsExactly(id(first), id(second));
        assertThat(List.of("staddle commit", "staddle apply"))
                .flatExtracting(spans::named)
                .hasSize(2)
                .extracting(SpanData::getParentSpanId)
                .containsOnly(ended.getSpanId());
    }

    @Test
    void anEntryThatWasLostIsAnErrorAndSoAreItsCommands() {
        CommandTrace lost = command();
        EntryTrace entry = EntryTrace.NONE.with(lost).begin(1);
        CompletableFuture<String> told =
                entry.endingWith(
                        CompletableFuture.failedFuture(new IllegalStateException("no majority")));
        lost.failed(new IllegalStateException("no majority"), true);

        assertThat(told).isCompletedExceptionally();
        assertThat(spans.named("staddle entry").getFirst().getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
        SpanData command = spans.named("staddle acquire").getFirst();
        assertThat(command.getStatus().getDescription()).isEqualTo("no majority");
        assertThat(command.getAttributes().asMap()).containsValue("unknown");
        assertThat(spans.named("staddle commit")).isEmpty();
    }

    @Test
    void aCommandThatNeverCameToAnEntryEndsWhatItWaitedFor() {
        command().failed(new IllegalStateException("another server leads"), false);

        assertThat(spans.named("staddle queue")).hasSize(1);
        SpanData command = spans.named("staddle acquire").getFirst();
        assertThat(command.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(command.getAttributes().asMap()).containsValue("failed");
    }

    private CommandTrace command() {
        return CommandTrace.begin(tracer, "acquire", SpanContext.getInvalid());
    }

    private static String id(CommandTrace command) {
        return command.span().getSpanContext().getSpanId();
    }

    /// Keeps what has ended.
    private static final class Spans implements SpanExporter {
        private final List<SpanData> ended = new CopyOnWriteArrayList<>();

        List<SpanData> named(String name) {
            return ended.stream().filter(each -> each.getName().equals(name)).toList();
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> some) {
            ended.addAll(some);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
