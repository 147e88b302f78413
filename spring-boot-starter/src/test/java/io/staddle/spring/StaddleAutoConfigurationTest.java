package io.staddle.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.client.StaddleClient;
import io.staddle.testkit.EmbeddedStaddle;
import io.staddle.testkit.StaddleTest;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import java.time.Duration;
import java.util.Objects;

/// Applications with a real server.
@StaddleTest
final class StaddleAutoConfigurationTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    StaddleAutoConfiguration.class,
                                    StaddleHealthAutoConfiguration.class,
                                    StaddleMetricsAutoConfiguration.class,
                                    StaddleTracingAutoConfiguration.class,
                                    MetricsAutoConfiguration.class,
                                    CompositeMeterRegistryAutoConfiguration.class,
                                    SimpleMetricsExportAutoConfiguration.class));

    @Test
    void anApplicationHasAClientInItsOwnName(EmbeddedStaddle staddle) {
        application(staddle)
                .withPropertyValues("spring.application.name=shop", "staddle.deadline=20s")
                .run(shop -> {
                    StaddleClient client = shop.getBean(StaddleClient.class);
                    acquire(client, "cart/1");
                    assertThat(client.options().origin().actor()).isEqualTo("shop");
                    assertThat(client.options().deadline()).hasSeconds(20);
                    assertThat(staddle.client().grains().lookup(GrainId.parse("cart/1")))
                            .hasToString(
                                    client.grains().lookup(GrainId.parse("cart/1")).toString());
                });
    }

    @Test
    void healthIsThatOfTheServers(EmbeddedStaddle staddle) {
        application(staddle)
                .run(shop -> {
                    Health well =
                            await().atMost(PATIENCE)
                                    .until(() -> health(shop), StaddleAutoConfigurationTest::isUp);
                    assertThat(well.getDetails()).containsEntry(staddle.endpoints(), "s1, leader");
                    staddle.pause(staddle.awaitLeader());
                    Health ill = health(shop);
                    assertThat(ill.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(ill.getDetails()).containsOnlyKeys(staddle.endpoints());
                    staddle.heal();
                    await().atMost(PATIENCE)
                            .until(() -> health(shop), StaddleAutoConfigurationTest::isUp);
                });
    }

    @Test
    void callsAreMeasuredByWhatTheyAskAndHowTheyEnd(EmbeddedStaddle staddle) {
        application(staddle)
                .run(shop -> {
                    StaddleClient client = shop.getBean(StaddleClient.class);
                    acquire(client, "cart/2");
                    client.grains().acquire(GrainId.parse("cart/2"), new ClusterId("us"));
                    client.grains().lookup(GrainId.parse("cart/2"));
                    // A caller may go on before its call is counted.
                    await().atMost(PATIENCE).until(() -> calls(shop, "query", "answered") == 1);
                    assertThat(calls(shop, "command", "answered")).isEqualTo(2);
                    assertThat(calls(shop, "command", "refused")).isEqualTo(1);
                    assertThat(calls(shop, "command", "unknown")).isZero();
                });
    }

    @Test
    void callsAreTracedByTheOpenTelemetryOfTheApplication(EmbeddedStaddle staddle) {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        SdkTracerProvider tracers =
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build();
        application(staddle)
                .withBean(
                        OpenTelemetry.class,
                        () -> OpenTelemetrySdk.builder().setTracerProvider(tracers).build())
                .run(shop -> {
                    shop.getBean(StaddleClient.class).grains().lookup(GrainId.parse("cart/3"));
                    // A caller may go on before the span of its call has ended.
                    await().atMost(PATIENCE).until(() -> !spans.getFinishedSpanItems().isEmpty());
                    assertThat(spans.getFinishedSpanItems())
                            .extracting(SpanData::getName)
                            .containsExactly("staddle lookup");
                });
    }

    @Test
    void anApplicationStartsWhileNoServerAnswersAndIsNotWell() {
        runner.withPropertyValues("staddle.endpoints=127.0.0.1:1", "staddle.health.deadline=100ms")
                .run(shop -> {
                    assertThat(shop).hasNotFailed();
                    assertThat(health(shop).getStatus()).isEqualTo(Status.DOWN);
                });
    }

    @Test
    void whatCannotBeRightStopsTheStart() {
        runner.withPropertyValues("staddle.endpoints=nowhere")
                .run(shop -> assertThat(shop.getStartupFailure()).hasMessageContaining("nowhere"));
        runner.withPropertyValues("staddle.deadline=2h")
                .run(shop -> assertThat(shop.getStartupFailure()).hasMessageContaining("1 h"));
    }

    @Test
    void anApplicationMayHaveItsOwnClientOrNone() {
        StaddleClient own = StaddleClient.builder().build();
        runner.withBean(StaddleClient.class, () -> own)
                .run(shop -> assertThat(shop.getBean(StaddleClient.class)).isSameAs(own));
        runner.withPropertyValues("staddle.enabled=false")
                .run(shop ->
                        assertThat(shop)
                                .doesNotHaveBean(StaddleClient.class)
                                .doesNotHaveBean(HealthIndicator.class)
                                .doesNotHaveBean(StaddleClientMetrics.class));
        runner.withPropertyValues("management.health.staddle.enabled=false")
                .run(shop -> assertThat(shop).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void neitherMicrometerNorOpenTelemetryNorHealthNeedBeThere() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(
                                StaddleAutoConfiguration.class,
                                StaddleHealthAutoConfiguration.class,
                                StaddleMetricsAutoConfiguration.class,
                                StaddleTracingAutoConfiguration.class))
                .withClassLoader(
                        new FilteredClassLoader(
                                "io.micrometer",
                                "io.opentelemetry",
                                "org.springframework.boot.health"))
                .run(shop -> assertThat(shop).hasNotFailed().hasSingleBean(StaddleClient.class));
    }

    private ApplicationContextRunner application(EmbeddedStaddle staddle) {
        return runner.withPropertyValues("staddle.endpoints=" + staddle.endpoints());
    }

    private static void acquire(StaddleClient client, String grain) {
        client.clusters()
                .register(EU, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                .orThrow();
        client.grains().acquire(GrainId.parse(grain), EU).orThrow();
    }

    private static Health health(ApplicationContext application) {
        return Objects.requireNonNull(application.getBean(HealthIndicator.class).health());
    }

    private static boolean isUp(Health health) {
        return health.getStatus().equals(Status.UP);
    }

    private static long calls(ApplicationContext application, String kind, String end) {
        return application
                .getBean(MeterRegistry.class)
                .get(StaddleClientMetrics.CALLS)
                .tag("kind", kind)
                .tag("end", end)
                .timer()
                .count();
    }
}
