package io.staddle.client.conformance;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;

/// A guard with any fault fails.
final class FaultyGuardTest {
    private static final AtomicReference<GuardFault> FAULT =
            new AtomicReference<>(GuardFault.NO_CHECK);

    @ParameterizedTest
    @EnumSource
    void eachFaultIsFound(GuardFault fault) {
        FAULT.set(fault);
        KitRun.assertFails(Subject.class);
    }

    /// Run by the test above alone.
    @Tag("faulty")
    static final class Subject extends FenceGuardConformance {
        @Override
        protected GuardedStore setUp() {
            return new MemoryGuard(EnumSet.of(FAULT.get()));
        }
    }
}
