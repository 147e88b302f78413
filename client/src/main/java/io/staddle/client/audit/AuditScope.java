package io.staddle.client.audit;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.Revision;
import io.staddle.api.query.GrainFilter;

import java.util.Map;
import java.util.Optional;

/// Whose claims are audited.
///
/// @param complete the clusters all of whose claims are there, each with the revision up to which
///     all of its claimants had heard of what it was granted: an older grain that nobody claims is
///     an orphan
/// @param type the grains to look at; empty for those of all types
public record AuditScope(Map<ClusterId, Revision> complete, Optional<GrainType> type) {
    /// Makes it unmodifiable.
    public AuditScope {
        complete = Map.copyOf(complete);
    }

    /// Returns that of one cluster and all types.
    public static AuditScope of(ClusterId cluster, Revision seen) {
        return new AuditScope(Map.of(cluster, seen), Optional.empty());
    }

    /// Returns the same of grains of one type.
    public AuditScope only(GrainType newType) {
        return new AuditScope(complete, Optional.of(newType));
    }

    boolean includes(Claim claim) {
        return type.isEmpty() || type.get().equals(claim.held().grain().type());
    }

    GrainFilter.Owned ownedBy(ClusterId cluster) {
        return type.isPresent()
                ? new GrainFilter.OwnedOfType(cluster, type.get())
                : new GrainFilter.OwnedBy(cluster);
    }
}
