package io.staddle.client.conformance;

import java.util.Set;

/// A guard without a fault passes.
final class MemoryGuardTest extends FenceGuardConformance {
    @Override
    protected GuardedStore setUp() {
        return new MemoryGuard(Set.of());
    }
}
