package io.staddle.it.kit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

import java.util.Optional;

/// Gives tests a cluster: in a static field one for all tests of the class, healed before each;
/// else one for each test. After a failure its files stay and the end of its logs is printed.
public final class ClusterExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler {
    private final ClusterSettings settings;
    private Optional<TestCluster> cluster = Optional.empty();
    private boolean shared;
    private boolean failed;

    private ClusterExtension(ClusterSettings settings) {
        this.settings = settings;
    }

    /// Prepares clusters with these settings.
    public static ClusterExtension of(ClusterSettings settings) {
        return new ClusterExtension(settings);
    }

    /// Returns the cluster of the running test.
    public TestCluster get() {
        return cluster.orElseThrow();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        cluster = Optional.of(TestCluster.start(settings));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (shared) {
            get().heal();
        } else {
            cluster = Optional.of(TestCluster.start(settings));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        failed = true;
        cluster.ifPresent(TestCluster::report);
        throw failure;
    }

    private void close() {
        cluster.ifPresent(each -> {
            if (failed) {
                each.stopAll();
            } else {
                each.close();
            }
        });
        cluster = Optional.empty();
    }
}
