package io.staddle.dataplane.ratis;

import io.staddle.client.conformance.DataPlaneUnderTest;
import io.staddle.client.conformance.MigrationDataPlaneConformance;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// The data plane on Ratis does what any data plane has to.
final class RatisConformanceTest extends MigrationDataPlaneConformance {
    private static @Nullable RatisNodes nodes;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        nodes = new RatisNodes(directory);
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(nodes).close();
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(12);
    }

    @Override
    protected DataPlaneUnderTest setUp() {
        return new RatisGroup(Objects.requireNonNull(nodes));
    }
}
