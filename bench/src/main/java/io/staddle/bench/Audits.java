package io.staddle.bench;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Revision;
import io.staddle.client.Held;
import io.staddle.client.audit.AuditScope;
import io.staddle.client.audit.AuditSummary;
import io.staddle.client.audit.Claim;
import io.staddle.client.audit.ClaimsAudit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// How long an audit of all grains takes, when all is well and when every thousandth claim is
/// missing.
final class Audits {
    private static final int SPARSE = 1_000;

    private final Bench bench;
    private final ClaimsAudit audit;

    Audits(Bench bench) {
        this.bench = bench;
        audit = new ClaimsAudit(bench.client().grains());
    }

    /// Prints a line a round.
    void measure() {
        bench.say("");
        bench.say("audits of %,d claims, one caller".formatted(bench.grains().count()));
        bench.say(
                "| round | all right s | findings | every %,dth missing s | findings |"
                        .formatted(SPARSE));
        bench.say("|---|---|---|---|---|");
        for (int round = 1; round <= bench.options().segments(); round++) {
            bench.say("| %d | %s | %s |".formatted(round, run(0), run(SPARSE)));
        }
    }

    /// Returns the two columns of an audit.
    private String run(int missing) {
        Revision seen = audit.now();
        AtomicLong findings = new AtomicLong();
        long start = System.nanoTime();
        AuditSummary summary =
                audit.run(
                        new AuditScope(clusters(seen), java.util.Optional.of(Grains.TYPE)),
                        to -> {
                            for (int i = 0; i < bench.grains().count(); i++) {
                                if (missing == 0 || i % missing != 0) {
                                    to.accept(claim(i, seen));
                                }
                            }
                        },
                        _ -> findings.incrementAndGet());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (summary.isClean() != (missing == 0)) {
            throw new IllegalStateException("an audit that is wrong: " + summary);
        }
        return "%.2f | %,d".formatted(seconds, findings.get());
    }

    private Claim claim(int grain, Revision seen) {
        ClusterId owner = bench.grains().owner(grain);
        Held held = new Held(bench.grains().id(grain), owner, bench.grains().epoch(grain));
        return new Claim(owner.value(), held, seen);
    }

    private static Map<ClusterId, Revision> clusters(Revision seen) {
        Map<ClusterId, Revision> all = new LinkedHashMap<>();
        for (ClusterId each : Grains.CLUSTERS) {
            all.put(each, seen);
        }
        return all;
    }
}
