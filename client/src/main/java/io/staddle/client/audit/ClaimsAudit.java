package io.staddle.client.audit;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.ClaimsDigest.Comparison;
import io.staddle.api.query.ClaimsDigest.Difference;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainBuckets;
import io.staddle.api.query.GrainFilter;
import io.staddle.client.GrainCursor;
import io.staddle.client.GrainDirectory;
import io.staddle.client.Held;
import io.staddle.client.Observed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Compares what owners believe that they own with what the directory says.
///
/// First digests are compared, of 4,096 buckets; then only what is in those that differ, some
/// 100,000 grains at a time, however many there are. Nothing is held against a claimant that it may
/// not have heard of: a grain that has changed after the revision that its claim names, or after
/// the audit began. What is found was wrong then, and still is when it was looked at.
///
/// ```java
/// ClaimsAudit audit = new ClaimsAudit(client.grains());
/// Revision seen = audit.now();
/// Thread.sleep(grace); // until whatever happened before is known everywhere
/// audit.ofCluster(cluster, seen, handles.stream().map(GrainHandle::held).toList())
///         .forEach(finding -> log.warn("{}", finding));
/// ```
public final class ClaimsAudit {
    static final Comparator<ClusterId> BY_NAME = Comparator.comparing(ClusterId::value);
    private static final Comparator<GrainId> BY_GRAIN =
            Comparator.<GrainId, String>comparing(grain -> grain.type().name())
                    .thenComparing(GrainId::key);
    private static final long PORTION = 100_000;

    private final GrainDirectory grains;

    /// Creates one that asks `grains`.
    public ClaimsAudit(GrainDirectory grains) {
        this.grains = grains;
    }

    /// Returns the newest revision, linearizably: who was told of everything until now has seen it.
    public Revision now() {
        return Run.endOf(
                grains.lookup(GrainId.of("staddle", "now"), Consistency.LINEARIZABLE)
                        .header()
                        .index());
    }

    /// Audits what one process that acts for a whole cluster believes, and returns what is wrong.
    ///
    /// @param seen up to which revision it had heard of all changes
    public List<Finding> ofCluster(ClusterId cluster, Revision seen, Collection<Held> held) {
        List<Held> copy = List.copyOf(held);
        List<Finding> findings = new ArrayList<>();
        run(
                AuditScope.of(cluster, seen),
                to -> copy.forEach(each -> to.accept(new Claim(cluster.value(), each, seen))),
                findings::add);
        return findings;
    }

    /// Audits claims, and gives each finding to `to`, on this thread.
    ///
    /// @throws IllegalArgumentException if a claim is of a cluster that is not in the scope
    public AuditSummary run(AuditScope scope, Claims claims, Consumer<Finding> to) {
        return new Run(scope, claims, to).audit();
    }

    /// One audit.
    private final class Run {
        private final Claims claims;
        private final Consumer<Finding> to;
        private final Map<Finding.Kind, Long> found = new EnumMap<>(Finding.Kind.class);
        private final Map<Integer, Long> suspects = new TreeMap<>();
        private AuditScope scope;
        private Revision began = Revision.NONE;
        private long owned;
        private long inFlight;

        Run(AuditScope scope, Claims claims, Consumer<Finding> to) {
            this.scope = scope;
            this.claims = claims;
            this.to = to;
        }

        static Revision endOf(long index) {
            return new Revision(index, Integer.MAX_VALUE);
        }

        AuditSummary audit() {
            Sums sums = Sums.of(claims, scope);
            OptionalLong first = OptionalLong.empty();
            for (ClusterId cluster : sums.clusters()) {
                Observed<Comparison> compared =
                        grains.audit(scope.ownedBy(cluster), sums.digest(cluster));
                first = first.isPresent() ? first : OptionalLong.of(compared.header().index());
                owned += compared.value().grains();
                for (Difference each : compared.value().buckets()) {
                    suspects.merge(each.bucket(), each.grains(), Long::sum);
                }
            }
            began = endOf(first.orElse(0));
            Map<ClusterId, Revision> complete = new HashMap<>();
            scope.complete().forEach((cluster, seen) -> complete.put(cluster, heard(seen)));
            scope = new AuditScope(complete, scope.type());
            suspects.replaceAll((bucket, rows) -> rows + sums.in(bucket));
            lookInto();
            return new AuditSummary(began.index(), sums.claims(), owned, inFlight, found);
        }

        /// Nothing that happened after the claims were made can be held against them.
        private Revision heard(Revision seen) {
            return seen.compareTo(began) < 0 ? seen : began;
        }

        private void lookInto() {
            Set<Integer> portion = new HashSet<>();
            long weight = 0;
            for (var suspect : suspects.entrySet()) {
                if (!portion.isEmpty() && weight + suspect.getValue() > PORTION) {
                    lookInto(portion);
                    portion.clear();
                    weight = 0;
                }
                portion.add(suspect.getKey());
                weight += suspect.getValue();
            }
            if (!portion.isEmpty()) {
                lookInto(portion);
            }
        }

        private void lookInto(Set<Integer> portion) {
            GrainBuckets buckets = new GrainBuckets(Sums.BITS, portion);
            Map<GrainId, List<Claim>> claimed = claimedIn(buckets);
            Map<GrainId, Ownership> actual = new TreeMap<>(BY_GRAIN);
            for (ClusterId cluster : scope.complete().keySet()) {
                var filter = new GrainFilter.OwnedIn(scope.ownedBy(cluster), buckets);
                try (GrainCursor rows = grains.list(filter, Consistency.LINEARIZABLE)) {
                    rows.forEachRemaining(row -> actual.put(row.grain(), row));
                }
            }
            List<GrainId> others =
                    claimed.keySet().stream().filter(each -> !actual.containsKey(each)).toList();
            for (Observed<Ownership> each : grains.lookupAll(others, Consistency.LINEARIZABLE)) {
                actual.put(each.value().grain(), each.value());
            }
            actual.values().forEach(row -> judge(row, claimed));
        }

        private Map<GrainId, List<Claim>> claimedIn(GrainBuckets buckets) {
            Map<GrainId, List<Claim>> claimed = new HashMap<>();
            claims.forEach(claim -> {
                if (scope.includes(claim) && buckets.contains(claim.held().grain())) {
                    claimed.computeIfAbsent(claim.held().grain(), grain -> new ArrayList<>(1))
                            .add(new Claim(claim.claimant(), claim.held(), heard(claim.seen())));
                }
            });
            return claimed;
        }

        private void judge(Ownership row, Map<GrainId, List<Claim>> claimed) {
            Judgement judgement =
                    Judgement.of(row, claimed.getOrDefault(row.grain(), List.of()), scope);
            inFlight += judgement.inFlight();
            for (Finding each : judgement.findings()) {
                found.merge(each.kind(), 1L, Long::sum);
                to.accept(each);
            }
        }
    }
}
