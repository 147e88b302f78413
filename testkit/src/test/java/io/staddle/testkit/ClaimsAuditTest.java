package io.staddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.client.Held;
import io.staddle.client.StaddleClient;
import io.staddle.client.audit.AuditScope;
import io.staddle.client.audit.AuditSummary;
import io.staddle.client.audit.Claim;
import io.staddle.client.audit.ClaimsAudit;
import io.staddle.client.audit.Finding;
import io.staddle.client.audit.Finding.Kind;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Audits of claims on a real server.
@StaddleTest
final class ClaimsAuditTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final long SEED = Long.getLong("staddle.seed", System.nanoTime());

    @BeforeAll
    static void twoClustersAreThere(StaddleClient client) {
        for (ClusterId each : List.of(EU, US)) {
            client.clusters()
                    .register(each, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                    .orThrow();
        }
    }

    @Test
    void anOwnerThatIsRightIsToldNothing(StaddleClient client) {
        List<Held> held = acquire(client, "right", EU, 300);
        ClaimsAudit audit = new ClaimsAudit(client.grains());
        AuditScope scope = AuditScope.of(EU, audit.now()).only(new GrainType("right"));
        AuditSummary summary = audit.run(scope, to -> claim("a", held).forEach(to), finding -> {});
        assertThat(summary.isClean()).isTrue();
        assertThat(summary.claims()).isEqualTo(300);
        assertThat(summary.grains()).isEqualTo(300);
        assertThat(summary.inFlight()).isZero();
    }

    @Test
    void whatChangedAfterTheClaimsWereMadeIsInFlightAndAfterThatIsWrong(StaddleClient client) {
        List<Held> held = acquire(client, "flight", EU, 3);
        ClaimsAudit audit = new ClaimsAudit(client.grains());
        Revision before = audit.now();
        client.grains().reassign(held.get(0).grain(), US, held.get(0).epoch()).orThrow();
        client.grains().release(held.get(1)).orThrow();
        GrainId late = acquire(client, "flight", EU, 4).get(3).grain();
        GrainType type = new GrainType("flight");

        Map<GrainId, Kind> found = new HashMap<>();
        AuditSummary early =
                audit.run(
                        AuditScope.of(EU, before).only(type),
                        to -> held.forEach(each -> to.accept(new Claim("a", each, before))),
                        each -> found.put(each.actual().grain(), each.kind()));
        assertThat(found).isEmpty();
        assertThat(early.inFlight()).isEqualTo(3);

        audit.run(
                AuditScope.of(EU, audit.now()).only(type),
                to -> claim("a", held).forEach(to),
                each -> found.put(each.actual().grain(), each.kind()));
        assertThat(found)
                .containsOnly(
                        Map.entry(held.get(0).grain(), Kind.ZOMBIE),
                        Map.entry(held.get(1).grain(), Kind.ZOMBIE),
                        Map.entry(late, Kind.ORPHAN));
    }

    @Test
    void aFailoverMakesZombiesOfAllThatTheClusterStillClaims(StaddleClient client) {
        ClusterId old = new ClusterId("old");
        client.clusters()
                .register(old, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                .orThrow();
        List<Held> held = acquire(client, "lost", old, 50);
        ClaimsAudit audit = new ClaimsAudit(client.grains());
        Revision before = audit.now();
        Fence seen = ((Ownership.Owned) client.grains().lookup(held.getFirst().grain())).fence();
        client.clusters()
                .forceFailOver(new MoveId("lost"), old, seen, new Successor.Named(US))
                .orThrow();
        assertThat(audit.ofCluster(old, before, held)).isEmpty();
        assertThat(audit.ofCluster(old, audit.now(), held))
                .hasSize(50)
                .allMatch(each -> each.kind() == Kind.ZOMBIE);
    }

    @Test
    void claimsOfAClusterThatIsNotAuditedAreRefused(StaddleClient client) {
        Held held = new Held(GrainId.parse("cart/1"), US, new Epoch(1));
        ClaimsAudit audit = new ClaimsAudit(client.grains());
        assertThatThrownBy(() -> audit.ofCluster(EU, Claim.ALL, List.of(held)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("us");
    }

    /// Faults are planted at random; the model compares every grain with every claim.
    @Test
    void whatIsFoundIsWhatAComparisonOfAllWithAllFinds(StaddleClient client) {
        Random random = new Random(SEED);
        String type = "planted";
        acquire(client, type, EU, 700);
        acquire(client, type, US, 1_400);
        List<Claim> claims = new ArrayList<>();
        Map<GrainId, Ownership> actual = new TreeMap<>(Comparator.comparing(GrainId::key));
        for (ClusterId cluster : List.of(EU, US)) {
            client.grains()
                    .listByOwner(cluster, new GrainType(type))
                    .forEachRemaining(each -> actual.put(each.grain(), each));
        }
        actual.values().forEach(each -> plant(each, random, claims));
        Collections.shuffle(claims, random);

        Set<String> found = new HashSet<>();
        ClaimsAudit audit = new ClaimsAudit(client.grains());
        AuditScope scope =
                new AuditScope(
                        Map.of(EU, Claim.ALL, US, Claim.ALL), Optional.of(new GrainType(type)));
        AuditSummary summary = audit.run(scope, claims::forEach, each -> found.add(name(each)));
        assertThat(found).as("seed %d", SEED).isEqualTo(modelled(actual, claims));
        assertThat(found).hasSizeGreaterThan(20);
        assertThat(Kind.values()).allMatch(kind -> summary.count(kind) > 0);
        assertThat(summary.inFlight()).isZero();
    }

    private static void plant(Ownership actual, Random random, List<Claim> claims) {
        Ownership.Owned owned = (Ownership.Owned) actual;
        GrainId grain = owned.grain();
        ClusterId other = owned.by().equals(EU) ? US : EU;
        Claim right = claim("one", new Held(grain, owned.by(), owned.epoch()));
        switch (random.nextInt(100)) {
            case 0 -> {}
            case 1 -> claims.add(claim("one", new Held(grain, other, owned.epoch())));
            case 2 -> claims.addAll(List.of(right, claim("two", right.held())));
            case 3 ->
                    claims.addAll(
                            List.of(right, claim("two", new Held(grain, other, owned.epoch()))));
            case 4 -> claims.add(claim("one", new Held(grain, owned.by(), owned.epoch().next())));
            case 5 ->
                    claims.addAll(
                            List.of(
                                    right,
                                    claim(
                                            "one",
                                            new Held(
                                                    GrainId.of("planted", "none-" + grain.key()),
                                                    other,
                                                    new Epoch(1)))));
            case 6 -> claims.addAll(List.of(right, right));
            default -> claims.add(right);
        }
    }

    private static Set<String> modelled(Map<GrainId, Ownership> actual, Collection<Claim> claims) {
        Set<String> found = new HashSet<>();
        for (Claim claim : claims) {
            Held held = claim.held();
            Optional<Ownership> row = Optional.ofNullable(actual.get(held.grain()));
            if (row.filter(each -> each.isHeldBy(held.holder(), held.epoch())).isEmpty()) {
                boolean wasGiven =
                        row.filter(each -> each.epoch().compareTo(held.epoch()) >= 0).isPresent();
                found.add((wasGiven ? "ZOMBIE " : "UNKNOWN ") + held.grain());
            }
            boolean isDouble =
                    claims.stream()
                            .filter(other -> other.held().grain().equals(held.grain()))
                            .map(other -> other.claimant() + other.held().holder())
                            .anyMatch(who -> !who.equals(claim.claimant() + held.holder()));
            if (isDouble) {
                found.add("DOUBLE " + held.grain());
            }
        }
        for (Ownership row : actual.values()) {
            if (claims.stream()
                    .noneMatch(each ->
                            each.held().grain().equals(row.grain())
                                    && row.owner().equals(Optional.of(each.held().holder())))) {
                found.add("ORPHAN " + row.grain());
            }
        }
        return found;
    }

    private static String name(Finding finding) {
        return finding.kind() + " " + finding.actual().grain();
    }

    private static List<Claim> claim(String claimant, Collection<Held> held) {
        return held.stream().map(each -> claim(claimant, each)).toList();
    }

    private static Claim claim(String claimant, Held held) {
        return new Claim(claimant, held, Claim.ALL);
    }

    /// Acquires grains 0 to `count` - 1 of a type, as far as they are free; returns all of them.
    private static List<Held> acquire(
            StaddleClient client, String type, ClusterId owner, int count) {
        List<GrainId> grains =
                IntStream.range(0, count).mapToObj(i -> GrainId.of(type, "g" + i)).toList();
        client.grains().carryOut(grains.stream().map(each -> new Acquire(each, owner, 0)).toList());
        return client.grains().lookupAll(grains, Consistency.LINEARIZABLE).stream()
                .map(each -> new Held(each.value().grain(), owner, each.value().epoch()))
                .toList();
    }
}
