package io.staddle.client.audit;

import io.staddle.api.id.ClusterId;
import io.staddle.api.query.BucketDigest;
import io.staddle.api.query.ClaimsDigest;
import io.staddle.api.query.GrainMark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the claims of each cluster come to, by bucket. Its size does not depend on how many there
/// are.
final class Sums {
    /// A million grains are 244 a bucket then, and a digest is 45 kB.
    static final int BITS = 12;

    private final Map<ClusterId, BucketDigest[]> byCluster = new TreeMap<>(ClaimsAudit.BY_NAME);
    private long claims;

    /// Adds up all claims of the scope.
    ///
    /// @throws IllegalArgumentException if one is of a cluster that is not in the scope
    static Sums of(Claims claims, AuditScope scope) {
        Sums sums = new Sums();
        for (ClusterId cluster : scope.complete().keySet()) {
            BucketDigest[] buckets = new BucketDigest[1 << BITS];
            Arrays.fill(buckets, BucketDigest.EMPTY);
            sums.byCluster.put(cluster, buckets);
        }
        claims.forEach(claim -> {
            if (scope.includes(claim)) {
                sums.add(claim);
            }
        });
        return sums;
    }

    long claims() {
        return claims;
    }

    Iterable<ClusterId> clusters() {
        return byCluster.keySet();
    }

    ClaimsDigest digest(ClusterId cluster) {
        return new ClaimsDigest(BITS, List.of(of(cluster)));
    }

    /// Returns how many claims are in a bucket, of all clusters together.
    long in(int bucket) {
        return byCluster.values().stream().mapToLong(each -> each[bucket].grains()).sum();
    }

    private void add(Claim claim) {
        BucketDigest[] buckets = of(claim.held().holder());
        GrainMark mark = GrainMark.of(claim.held().grain());
        int bucket = mark.bucket(BITS);
        buckets[bucket] = buckets[bucket].plus(mark, claim.held().epoch());
        claims++;
    }

    private BucketDigest[] of(ClusterId cluster) {
        BucketDigest[] buckets = byCluster.get(cluster);
        if (buckets == null) {
            throw new IllegalArgumentException(
                    "claims must be of clusters in the scope, which " + cluster + " is not");
        }
        return buckets;
    }
}
