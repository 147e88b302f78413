package io.staddle.client.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;

/// A data plane with any fault fails.
final class FaultyPlaneTest {
    private static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.NO_FENCE);

    @ParameterizedTest
    @EnumSource
    void eachFaultIsFound(Fault fault) {
        FAULT.set(fault);
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(Subject.class))
                        .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isGreaterThan(10);
        assertThat(listener.getSummary().getTestsFailedCount()).isPositive();
    }

    /// Run by the test above alone.
    @Tag("faulty")
    static final class Subject extends MigrationDataPlaneConformance {
        @Override
        protected DataPlaneUnderTest setUp() {
            return new MemoryPlane(EnumSet.of(FAULT.get()));
        }

        @Override
        protected Duration patience() {
            return Duration.ofMillis(50);
        }
    }
}
