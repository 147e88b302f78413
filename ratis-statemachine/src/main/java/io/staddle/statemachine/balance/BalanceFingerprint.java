package io.staddle.statemachine.balance;

import io.staddle.api.command.BalanceCommand.Target;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyWriter;
import io.staddle.storage.Reads;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// What a plan was made of, in a few letters: its moves, and the versions of configuration, nodes,
/// groups and vShards, and which nodes are silent. Not how far migrations have got, and not the
/// time.
///
/// What goes in is format: a plan of one server is compared by all. How moves are found is not: a
/// plan brings its moves along.
final class BalanceFingerprint {
    private static final int BYTES = 8;

    private final KeyWriter facts = new KeyWriter();

    private BalanceFingerprint() {}

    static PlanId of(List<Target> targets, Reads view, long nowMillis) {
        BalanceFingerprint fingerprint = new BalanceFingerprint();
        for (Target target : targets) {
            fingerprint.facts.number(target.vShard().value()).text(target.node().value());
        }
        fingerprint.state(view, nowMillis);
        return new PlanId(fingerprint.hash());
    }

    private void state(Reads view, long nowMillis) {
        facts.text("").number(Configs.of(view).version());
        long maxSilence = Configs.of(view).get(Setting.NODE_SUSPECT_AFTER_MILLIS);
        for (NodeRecord node : view.values(Schema.NODES)) {
            boolean isSilent = nowMillis - node.seenMillis() > maxSilence;
            facts.text(node.id().value()).number(node.version()).octet(isSilent ? 1 : 0);
        }
        facts.text("");
        for (GroupRecord group : view.values(Schema.GROUPS)) {
            facts.number(group.id().value()).number(group.configVersion());
        }
        facts.text("");
        for (VShardRecord vShard : view.values(Schema.V_SHARDS)) {
            facts.number(vShard.id().value())
                    .number(vShard.epoch().value())
                    .number(vShard.migrations())
                    .octet(octet(vShard.engagement()));
        }
    }

    private static int octet(Engagement engagement) {
        return switch (engagement) {
            case Engagement.Free _ -> 0;
            case Engagement.Migrating _ -> 1;
            case Engagement.Unfenced _ -> 2;
        };
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
