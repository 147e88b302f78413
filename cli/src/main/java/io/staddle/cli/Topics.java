package io.staddle.cli;

import io.staddle.cli.access.AccessAddCertificateVerb;
import io.staddle.cli.access.AccessCreateTokenVerb;
import io.staddle.cli.access.AccessGrantVerb;
import io.staddle.cli.access.AccessListVerb;
import io.staddle.cli.access.AccessRevokeVerb;
import io.staddle.cli.access.AccessWhoAmIVerb;
import io.staddle.cli.access.AccessWithdrawVerb;
import io.staddle.cli.backup.BackupRestoreVerb;
import io.staddle.cli.backup.BackupSalvageVerb;
import io.staddle.cli.backup.BackupSaveVerb;
import io.staddle.cli.backup.BackupVerifyVerb;
import io.staddle.cli.barrier.BarrierAbortVerb;
import io.staddle.cli.barrier.BarrierAckVerb;
import io.staddle.cli.barrier.BarrierAcquireVerb;
import io.staddle.cli.barrier.BarrierBeginVerb;
import io.staddle.cli.barrier.BarrierCommitVerb;
import io.staddle.cli.barrier.BarrierConfigureVerb;
import io.staddle.cli.barrier.BarrierListVerb;
import io.staddle.cli.barrier.BarrierReleaseVerb;
import io.staddle.cli.barrier.BarrierShowVerb;
import io.staddle.cli.certs.CertsClientVerb;
import io.staddle.cli.certs.CertsInitVerb;
import io.staddle.cli.certs.CertsServerVerb;
import io.staddle.cli.cluster.ClusterBeatVerb;
import io.staddle.cli.cluster.ClusterDrainVerb;
import io.staddle.cli.cluster.ClusterListVerb;
import io.staddle.cli.cluster.ClusterPauseVerb;
import io.staddle.cli.cluster.ClusterReadmitVerb;
import io.staddle.cli.cluster.ClusterRegisterVerb;
import io.staddle.cli.cluster.ClusterRemoveVerb;
import io.staddle.cli.cluster.ClusterResumeVerb;
import io.staddle.cli.cluster.ClusterShowVerb;
import io.staddle.cli.cluster.ClusterTransferPrimaryVerb;
import io.staddle.cli.cluster.ClusterUpdateVerb;
import io.staddle.cli.config.ConfigGetVerb;
import io.staddle.cli.config.ConfigRaiseLevelVerb;
import io.staddle.cli.config.ConfigSetVerb;
import io.staddle.cli.dev.DevVerb;
import io.staddle.cli.events.DiffVerb;
import io.staddle.cli.events.EventsExportVerb;
import io.staddle.cli.events.EventsListVerb;
import io.staddle.cli.events.EventsTailVerb;
import io.staddle.cli.events.TimelineVerb;
import io.staddle.cli.explain.ClusterExplainVerb;
import io.staddle.cli.explain.GrainExplainVerb;
import io.staddle.cli.explain.MigrationExplainVerb;
import io.staddle.cli.failover.ClusterDemoteVerb;
import io.staddle.cli.failover.FailoverApplyVerb;
import io.staddle.cli.failover.FailoverBackVerb;
import io.staddle.cli.failover.FailoverEvacuateVerb;
import io.staddle.cli.failover.FailoverListVerb;
import io.staddle.cli.failover.FailoverPlanVerb;
import io.staddle.cli.failover.FailoverRunVerb;
import io.staddle.cli.failover.FailoverShowVerb;
import io.staddle.cli.grain.GrainAcquireVerb;
import io.staddle.cli.grain.GrainAuditVerb;
import io.staddle.cli.grain.GrainCheckVerb;
import io.staddle.cli.grain.GrainCountVerb;
import io.staddle.cli.grain.GrainExportVerb;
import io.staddle.cli.grain.GrainHoldingsVerb;
import io.staddle.cli.grain.GrainImportVerb;
import io.staddle.cli.grain.GrainListVerb;
import io.staddle.cli.grain.GrainLookupVerb;
import io.staddle.cli.grain.GrainPlacementVerb;
import io.staddle.cli.grain.GrainPromoteVerb;
import io.staddle.cli.grain.GrainReassignVerb;
import io.staddle.cli.grain.GrainReleaseVerb;
import io.staddle.cli.manual.CompletionVerb;
import io.staddle.cli.manual.ManualVerb;
import io.staddle.cli.migration.MigrationAbortVerb;
import io.staddle.cli.migration.MigrationApplyVerb;
import io.staddle.cli.migration.MigrationListVerb;
import io.staddle.cli.migration.MigrationPlanVerb;
import io.staddle.cli.migration.MigrationRecoverVerb;
import io.staddle.cli.migration.MigrationRetryVerb;
import io.staddle.cli.migration.MigrationShowVerb;
import io.staddle.cli.migration.MigrationStartVerb;
import io.staddle.cli.migration.MigrationVerifyVerb;
import io.staddle.cli.migration.MigrationWatchVerb;
import io.staddle.cli.node.NodeActivateVerb;
import io.staddle.cli.node.NodeBeatVerb;
import io.staddle.cli.node.NodeDecommissionVerb;
import io.staddle.cli.node.NodeDrainVerb;
import io.staddle.cli.node.NodeFillVerb;
import io.staddle.cli.node.NodeListVerb;
import io.staddle.cli.node.NodeRegisterVerb;
import io.staddle.cli.node.NodeRemoveVerb;
import io.staddle.cli.node.NodeShowVerb;
import io.staddle.cli.replay.ReplayAckVerb;
import io.staddle.cli.replay.ReplayAppendVerb;
import io.staddle.cli.replay.ReplayPeekVerb;
import io.staddle.cli.replay.ReplaySettleVerb;
import io.staddle.cli.replay.ReplayStatusVerb;
import io.staddle.cli.replay.ReplayTruncateVerb;
import io.staddle.cli.routing.RoutingAssignVerb;
import io.staddle.cli.routing.RoutingGhostsVerb;
import io.staddle.cli.routing.RoutingInitVerb;
import io.staddle.cli.routing.RoutingLeftVerb;
import io.staddle.cli.routing.RoutingLocateVerb;
import io.staddle.cli.routing.RoutingMemberVerb;
import io.staddle.cli.routing.RoutingShowVerb;
import io.staddle.cli.server.ServerAddVerb;
import io.staddle.cli.server.ServerDigestVerb;
import io.staddle.cli.server.ServerFormatVerb;
import io.staddle.cli.server.ServerListVerb;
import io.staddle.cli.server.ServerPriorityVerb;
import io.staddle.cli.server.ServerRemoveVerb;
import io.staddle.cli.server.ServerReplaceVerb;
import io.staddle.cli.server.ServerRunVerb;
import io.staddle.cli.server.ServerShowVerb;
import io.staddle.cli.server.ServerSnapshotVerb;
import io.staddle.cli.server.ServerStepDownVerb;
import io.staddle.cli.server.ServerTransferVerb;
import io.staddle.cli.shell.Verb.Desk;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// All topics and their verbs. A new verb is a class and a line here.
final class Topics {
    /// What is about all of them.
    private static final Set<String> OF_ALL = Set.of("completion", "manual");

    private Topics() {}

    /// Adds those that the words of a command line name, or all if they name none. To make them all
    /// is most of what a short command costs.
    static CommandLine add(CommandLine root, Desk desk, Collection<String> words) {
        Map<String, Supplier<Object>> all = all(desk);
        boolean some =
                words.stream().anyMatch(all::containsKey)
                        && words.stream().noneMatch(OF_ALL::contains);
        all.forEach((name, maker) -> {
            if (!some || words.contains(name)) {
                root.addSubcommand(name, maker.get());
            }
        });
        return root;
    }

    /// In the order in which help shows them.
    private static Map<String, Supplier<Object>> all(Desk desk) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("cluster", () -> cluster(desk));
        all.put("grain", () -> grain(desk));
        all.put("failover", () -> failover(desk));
        all.put("replay", () -> replay(desk));
        all.put("node", () -> node(desk));
        all.put("routing", () -> routing(desk));
        all.put("migration", () -> migration(desk));
        all.put("barrier", () -> barrier(desk));
        all.put("events", () -> events(desk));
        all.put("timeline", () -> new TimelineVerb(desk));
        all.put("diff", () -> new DiffVerb(desk));
        all.put("server", () -> server(desk));
        all.put("backup", () -> backup(desk));
        all.put("config", () -> config(desk));
        all.put("access", () -> access(desk));
        all.put("certs", () -> certs(desk));
        all.put("dev", () -> new DevVerb(desk));
        all.put("completion", () -> new CompletionVerb(desk));
        all.put("manual", () -> new ManualVerb(desk));
        all.put("train-aot-cache", () -> new TrainAotCacheVerb(desk));
        return all;
    }

    private static CommandLine cluster(Desk desk) {
        return topic(
                "cluster",
                "The failover domains that own grains.",
                new ClusterRegisterVerb(desk),
                new ClusterListVerb(desk),
                new ClusterShowVerb(desk),
                new ClusterExplainVerb(desk),
                new ClusterUpdateVerb(desk),
                new ClusterBeatVerb(desk),
                new ClusterPauseVerb(desk),
                new ClusterResumeVerb(desk),
                new ClusterDrainVerb(desk),
                new ClusterReadmitVerb(desk),
                new ClusterTransferPrimaryVerb(desk),
                new ClusterDemoteVerb(desk),
                new ClusterRemoveVerb(desk));
    }

    private static CommandLine config(Desk desk) {
        return topic(
                "config",
                "The settings that all servers share.",
                new ConfigGetVerb(desk),
                new ConfigSetVerb(desk),
                new ConfigRaiseLevelVerb(desk));
    }

    private static CommandLine grain(Desk desk) {
        return topic(
                "grain",
                "Who owns what, since which epoch. A grain is written TYPE/KEY.",
                new GrainAcquireVerb(desk),
                new GrainLookupVerb(desk),
                new GrainCheckVerb(desk),
                new GrainListVerb(desk),
                new GrainCountVerb(desk),
                new GrainHoldingsVerb(desk),
                new GrainExplainVerb(desk),
                new GrainAuditVerb(desk),
                new GrainPromoteVerb(desk),
                new GrainReassignVerb(desk),
                new GrainReleaseVerb(desk),
                new GrainPlacementVerb(desk),
                new GrainImportVerb(desk),
                new GrainExportVerb(desk));
    }

    private static CommandLine failover(Desk desk) {
        return topic(
                "failover",
                "Moves of all that a cluster owns: one log entry each.",
                new FailoverPlanVerb(desk),
                new FailoverApplyVerb(desk),
                new FailoverRunVerb(desk),
                new FailoverBackVerb(desk),
                new FailoverEvacuateVerb(desk),
                new FailoverListVerb(desk),
                new FailoverShowVerb(desk));
    }

    private static CommandLine events(Desk desk) {
        return topic(
                "events",
                "History: all that happened, who asked for it and why.",
                new EventsListVerb(desk),
                new EventsTailVerb(desk),
                new EventsExportVerb(desk));
    }

    private static CommandLine replay(Desk desk) {
        return topic(
                "replay",
                "Writes that a cluster missed, kept until it has applied them.",
                new ReplayStatusVerb(desk),
                new ReplayPeekVerb(desk),
                new ReplayAppendVerb(desk),
                new ReplayAckVerb(desk),
                new ReplayTruncateVerb(desk),
                new ReplaySettleVerb(desk));
    }

    private static CommandLine node(Desk desk) {
        return topic(
                "node",
                "The data nodes of your system: they hold replicas of groups.",
                new NodeRegisterVerb(desk),
                new NodeListVerb(desk),
                new NodeShowVerb(desk),
                new NodeActivateVerb(desk),
                new NodeFillVerb(desk),
                new NodeDrainVerb(desk),
                new NodeDecommissionVerb(desk),
                new NodeRemoveVerb(desk),
                new NodeBeatVerb(desk));
    }

    private static CommandLine routing(Desk desk) {
        return topic(
                "routing",
                "Groups and vShards: which node serves what, since which epoch.",
                new RoutingInitVerb(desk),
                new RoutingShowVerb(desk),
                new RoutingLocateVerb(desk),
                new RoutingAssignVerb(desk),
                new RoutingMemberVerb(desk),
                new RoutingLeftVerb(desk),
                new RoutingGhostsVerb(desk));
    }

    private static CommandLine migration(Desk desk) {
        return topic(
                "migration",
                "Moves of vShards from node to node, while they are in use.",
                new MigrationPlanVerb(desk),
                new MigrationApplyVerb(desk),
                new MigrationStartVerb(desk),
                new MigrationListVerb(desk),
                new MigrationShowVerb(desk),
                new MigrationExplainVerb(desk),
                new MigrationWatchVerb(desk),
                new MigrationAbortVerb(desk),
                new MigrationRetryVerb(desk),
                new MigrationRecoverVerb(desk),
                new MigrationVerifyVerb(desk));
    }

    private static CommandLine barrier(Desk desk) {
        return topic(
                "barrier",
                "Two-phase checkpoints: all participants of a scope, or none.",
                new BarrierListVerb(desk),
                new BarrierShowVerb(desk),
                new BarrierConfigureVerb(desk),
                new BarrierAcquireVerb(desk),
                new BarrierReleaseVerb(desk),
                new BarrierBeginVerb(desk),
                new BarrierAckVerb(desk),
                new BarrierCommitVerb(desk),
                new BarrierAbortVerb(desk));
    }

    private static CommandLine backup(Desk desk) {
        return topic(
                "backup",
                "All that the servers keep, in one file, and back again.",
                new BackupSaveVerb(desk),
                new BackupVerifyVerb(desk),
                new BackupRestoreVerb(desk),
                new BackupSalvageVerb(desk));
    }

    private static CommandLine access(Desk desk) {
        return topic(
                "access",
                "Who may do what, and by what they are known.",
                new AccessCreateTokenVerb(desk),
                new AccessAddCertificateVerb(desk),
                new AccessListVerb(desk),
                new AccessGrantVerb(desk),
                new AccessWithdrawVerb(desk),
                new AccessRevokeVerb(desk),
                new AccessWhoAmIVerb(desk));
    }

    private static CommandLine certs(Desk desk) {
        return topic(
                "certs",
                "Certificates, for those who have no authority of their own.",
                new CertsInitVerb(desk),
                new CertsServerVerb(desk),
                new CertsClientVerb(desk));
    }

    private static CommandLine server(Desk desk) {
        return topic(
                "server",
                "The servers of Staddle itself.",
                new ServerListVerb(desk),
                new ServerShowVerb(desk),
                new ServerDigestVerb(desk),
                new ServerTransferVerb(desk),
                new ServerSnapshotVerb(desk),
                new ServerAddVerb(desk),
                new ServerRemoveVerb(desk),
                new ServerReplaceVerb(desk),
                new ServerPriorityVerb(desk),
                new ServerStepDownVerb(desk),
                new ServerRunVerb(desk),
                new ServerFormatVerb(desk));
    }

    private static CommandLine topic(String name, String description, Object... verbs) {
        // Picocli itself says that a verb is missing if what it would run is nothing to run.
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        CommandLine topic = new CommandLine(spec);
        for (Object verb : verbs) {
            topic.addSubcommand(verb);
        }
        spec.usageMessage().synopsisSubcommandLabel("VERB");
        return topic;
    }
}
