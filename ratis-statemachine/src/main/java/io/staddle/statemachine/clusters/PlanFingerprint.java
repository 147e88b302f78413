package io.staddle.statemachine.clusters;

import io.staddle.api.command.ClusterCommand.DemoteAndPromote;
import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.command.Successor;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Placement;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;
import io.staddle.storage.Reads;
import io.staddle.storage.Table;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/// What a move is decided on, in a few letters: the versions of clusters, configuration, placements
/// and primary, the shifts of holdings, and what was asked for. Not how many grains there are, and
/// not the time.
///
/// What goes in is format: a plan of one server is compared by all.
final class PlanFingerprint {
    private static final int BYTES = 8;

    private final KeyWriter facts = new KeyWriter();
    private final Reads view;

    private PlanFingerprint(Reads view) {
        this.view = view;
    }

    static PlanId of(OfHoldings command, Reads view) {
        PlanFingerprint fingerprint = new PlanFingerprint(view);
        fingerprint.command(command);
        fingerprint.state();
        return new PlanId(fingerprint.hash());
    }

    private void command(OfHoldings command) {
        facts.text(command.cluster().value());
        switch (command) {
            case FailOver c -> {
                facts.text("failover").text(c.cause().name()).octet(c.force() ? 1 : 0);
                successor(c.successor());
            }
            case DemoteAndPromote c -> {
                facts.text("demotion");
                successor(c.successor());
            }
            case FailBack _ -> facts.text("fail-back");
            case Evacuate c -> {
                facts.text("evacuation").number(c.types().size());
                c.types().forEach(type -> facts.text(type.name()));
                successor(c.successor());
            }
        }
    }

    private void successor(Successor wish) {
        switch (wish) {
            case Successor.ByPlacement _ -> facts.text("");
            case Successor.Named(var named) -> facts.text(named.value());
        }
    }

    private void state() {
        Config config = Configs.of(view);
        facts.number(config.version()).number(Primacies.of(view).epoch());
        all(Schema.CLUSTERS, cluster -> cluster(cluster, config));
        all(Schema.PLACEMENTS, this::placement);
        all(Schema.HOLDINGS, this::holding);
    }

    private void cluster(ClusterRecord cluster, Config config) {
        boolean lags = Candidates.lags(cluster.vitals().lagMillis(), config);
        facts.text(cluster.id().value()).number(cluster.version()).octet(lags ? 1 : 0);
    }

    private void placement(Placement placement) {
        facts.text(placement.type().name()).number(placement.version());
    }

    private void holding(Holding holding) {
        facts.number(holding.id().value()).number(holding.shift());
    }

    private <K, V> void all(Table<K, V> table, Consumer<V> each) {
        try (var rows = view.scan(table, KeyRange.all())) {
            while (rows.hasNext()) {
                each.accept(rows.next().value());
            }
        }
        facts.text("");
    }

    private String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(facts.toBytes());
            return HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
