package io.staddle.client.conformance;

import java.util.Set;

/// A data plane without a fault passes.
final class MemoryPlaneTest extends MigrationDataPlaneConformance {
    @Override
    protected DataPlaneUnderTest setUp() {
        return new MemoryPlane(Set.of());
    }
}
