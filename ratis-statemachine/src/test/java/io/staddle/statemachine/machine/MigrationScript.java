package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;

import io.staddle.api.command.Command;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.migration.Checkpoints;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The part of [Script] about migrations and ghosts.
///
/// ```
/// migrate M V n [inc I] [budget MICROS] [leader] [epoch E]     retry M M2 [epoch E]
/// progress M SOURCE TARGET [pause MICROS] [seen STEP] [inc I]
/// step M PHASE [seen STEP] [sum S]                             cutover M [seen STEP] [epoch E]
/// complete M [pause MICROS] [seen STEP]                        abort M [code CODE] [seen STEP]
/// fence M n                                                    cleanup N
/// needs V n REFERENCES [seen VERSION]                          sweep V n FINDING [seen VERSION]
/// ```
final class MigrationScript {
    private final String[] words;
    private final Reads view;

    MigrationScript(String[] words, Reads view) {
        this.words = words;
        this.view = view;
    }

    Command command() {
        return switch (words[0]) {
            case "migrate" -> start();
            case "progress" ->
                    new MigrationCommand.ReportProgress(
                            id(),
                            seenStep(),
                            number("inc", known().map(m -> m.header().targetIncarnation())),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            number("pause", Optional.of(0L)));
            case "step" -> step();
            case "cutover" -> new MigrationCommand.CutoverMigration(id(), seenStep(), epoch());
            case "complete" ->
                    new MigrationCommand.CompleteMigration(
                            id(), number("pause", Optional.of(7L)), seenStep());
            case "abort" ->
                    new MigrationCommand.AbortMigration(
                            id(),
                            AbortCode.valueOf(after("code").orElse("OPERATOR")),
                            "drill",
                            seenStep());
            case "retry" ->
                    new MigrationCommand.RetryMigration(id(), new MigrationId(words[2]), epoch());
            case "fence" -> new MigrationCommand.ConfirmFence(id(), new NodeId(words[2]));
            case "cleanup" -> new GhostCommand.CleanupMigrations(Integer.parseInt(words[1]));
            case "needs" ->
                    new GhostCommand.AdjustGhost(
                            vShard(), new NodeId(words[2]), Long.parseLong(words[3]), version());
            default ->
                    new GhostCommand.SweepGhosts(
                            List.of(
                                    new GhostVerdict(
                                            vShard(),
                                            new NodeId(words[2]),
                                            Finding.valueOf(words[3]),
                                            version())));
        };
    }

    private Command start() {
        VShardId vShard = new VShardId(Integer.parseInt(words[2]));
        NodeId target = new NodeId(words[3]);
        Optional<Long> incarnation = view.get(Schema.NODES, target).map(NodeRecord::incarnation);
        return new MigrationCommand.StartMigration(
                id(),
                vShard,
                target,
                number("inc", Optional.of(incarnation.orElse(1L))),
                number("budget", Optional.of(500_000L)),
                Arrays.asList(words).contains("leader"),
                new Epoch(number("epoch", epochOf(vShard))));
    }

    private Command step() {
        ByteString payload = known().map(Checkpoints::payload).orElse(ByteString.EMPTY);
        return new MigrationCommand.CheckpointMigration(
                id(),
                MigrationPhase.valueOf(words[2]),
                payload,
                number("sum", Optional.of(MigrationCheckpoint.checksumOf(payload))),
                seenStep());
    }

    private Optional<MigrationRecord> known() {
        return Migrations.find(id(), view);
    }

    private long seenStep() {
        return number("seen", known().map(migration -> migration.stage().phaseVersion()));
    }

    private Epoch epoch() {
        return new Epoch(number("epoch", known().flatMap(each -> epochOf(each.header().vShard()))));
    }

    private Optional<Long> epochOf(VShardId vShard) {
        return view.get(Schema.V_SHARDS, vShard).map(VShardRecord::epoch).map(Epoch::value);
    }

    private long version() {
        GhostPlace place = new GhostPlace(vShard(), new NodeId(words[2]));
        return number("seen", view.get(Schema.GHOSTS, place).map(Ghost::version));
    }

    private MigrationId id() {
        return new MigrationId(words[1]);
    }

    private VShardId vShard() {
        return new VShardId(Integer.parseInt(words[1]));
    }

    private long number(String word, Optional<Long> otherwise) {
        return after(word).map(Long::parseLong).or(() -> otherwise).orElse(0L);
    }

    private Optional<String> after(String word) {
        int at = Arrays.asList(words).indexOf(word);
        return at < 0 ? Optional.empty() : Optional.of(words[at + 1]);
    }
}
