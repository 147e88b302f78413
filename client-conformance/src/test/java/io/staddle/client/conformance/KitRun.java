package io.staddle.client.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs the tests of a kit within a test.
final class KitRun {
    private KitRun() {}

    /// Asserts that a subject does not pass.
    static void assertFails(Class<?> subject) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectClass(subject))
                        .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);

        assertThat(listener.getSummary().getTestsFoundCount()).isGreaterThan(10);
        assertThat(listener.getSummary().getTestsFailedCount()).isPositive();
    }
}
