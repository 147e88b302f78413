package io.staddle.server.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.staddle.server.config.ServerConfig;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;

/// Sends spans to a receiver of OTLP over HTTP, in batches, on a thread of its own. What the
/// receiver does not take in time is dropped: nothing waits for it.
final class Export implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Export.class);
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final long CLOSE_SECONDS_MAX = 2;

    /// Held, because the JDK forgets the level of a logger that nobody holds.
    private static final java.util.logging.Logger OF_EXPORTER =
            java.util.logging.Logger.getLogger("io.opentelemetry.exporter");

    private final SdkTracerProvider provider;

    private Export(SdkTracerProvider provider) {
        this.provider = provider;
    }

    static Export to(URI endpoint, ServerConfig config, String version) {
        // It would say the same on the standard error, and more often.
        OF_EXPORTER.setLevel(Level.OFF);
        SpanExporter otlp =
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint + "/v1/traces").build();
        LOG.info("commands are traced to {}", endpoint);
        return new Export(
                SdkTracerProvider.builder()
                        .setResource(Resource.getDefault().merge(resource(config, version)))
                        // What is to be sampled was decided before.
                        .setSampler(Sampler.alwaysOn())
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(new Told(otlp, endpoint))
                                        .setScheduleDelay(DELAY)
                                        .build())
                        .build());
    }

    Tracer tracer() {
        return provider.get("io.staddle.server");
    }

    @Override
    public void close() {
        provider.shutdown().join(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private static Resource resource(ServerConfig config, String version) {
        return Resource.create(
                Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "staddle",
                        AttributeKey.stringKey("service.namespace"),
                        config.deployment(),
                        AttributeKey.stringKey("service.instance.id"),
                        config.server().value(),
                        AttributeKey.stringKey("service.version"),
                        version));
    }

    /// Says once that spans are lost, and once that they are not any more.
    private static final class Told implements SpanExporter {
        private final SpanExporter to;
        private final URI endpoint;
        private final AtomicBoolean failing = new AtomicBoolean();

        Told(SpanExporter to, URI endpoint) {
            this.to = to;
            this.endpoint = endpoint;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            CompletableResultCode result = to.export(spans);
            result.whenComplete(() -> tell(result.isSuccess(), result.getFailureThrowable()));
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return to.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return to.shutdown();
        }

        private void tell(boolean sent, @Nullable Throwable why) {
            if (failing.getAndSet(!sent) == sent) {
                if (sent) {
                    LOG.info("{} takes spans again", endpoint);
                } else {
                    LOG.warn(
                            "{} takes no spans, so they are lost until it does. A receiver of OTLP"
                                    + " over HTTP is expected there (tracing.otlp-endpoint): {}",
                            endpoint,
                            String.valueOf(why));
                }
            }
        }
    }
}
