package io.staddle.client.audit;

import io.staddle.api.model.Ownership;

import java.util.List;

/// What is wrong about the claims on one grain.
///
/// @param kind what
/// @param actual whose it is
/// @param claims the claims that are wrong; of [Kind#DOUBLE] all that there are; of [Kind#ORPHAN]
///     none
public record Finding(Kind kind, Ownership actual, List<Claim> claims) {
    /// What can be wrong.
    public enum Kind {
        /// A claimant does not own the grain any more: another one does, nobody does, or its epoch
        /// is an old one.
        ZOMBIE,
        /// A cluster owns the grain and nobody in it claims it.
        ORPHAN,
        /// Several claimants claim it: processes of a cluster, or clusters.
        DOUBLE,
        /// The directory does not know the grain, or never gave that epoch.
        UNKNOWN
    }

    /// Makes it unmodifiable.
    public Finding {
        claims = List.copyOf(claims);
    }
}
