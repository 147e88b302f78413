package io.staddle.client.conformance;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        KitRun.assertFails(Subject.class);
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
