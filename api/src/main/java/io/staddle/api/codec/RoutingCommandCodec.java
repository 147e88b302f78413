package io.staddle.api.codec;

import io.staddle.api.command.Proposal;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.AssignVShard;
import io.staddle.api.v1.ChangeGroup;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.ConfirmRemoval;
import io.staddle.api.v1.InitRouting;
import io.staddle.api.v1.ReportGroup;

/// Codec of the commands about groups and vShards.
final class RoutingCommandCodec {
    private RoutingCommandCodec() {}

    static void encode(RoutingCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case RoutingCommand.InitRouting c ->
                    to.setInitRouting(
                            InitRouting.newBuilder()
                                    .setLayout(RoutingCodec.encode(c.layout()))
                                    .setOrigin(by));
            case RoutingCommand.ChangeGroup c ->
                    to.setChangeGroup(
                            ChangeGroup.newBuilder()
                                    .setGroup(c.group().value())
                                    .setChange(RoutingCodec.encode(c.change()))
                                    .setNode(c.node().value())
                                    .setSeenConfigVersion(c.seenConfigVersion())
                                    .setOrigin(by));
            case RoutingCommand.ReportGroup c ->
                    to.setReportGroup(
                            ReportGroup.newBuilder()
                                    .setGroup(c.group().value())
                                    .setNode(c.node().value())
                                    .setIncarnation(c.incarnation())
                                    .setConfigVersion(c.configVersion())
                                    .setLeader(RoutingCodec.name(c.leader()))
                                    .setLeaderTerm(c.leaderTerm())
                                    .setOrigin(by));
            case RoutingCommand.ConfirmRemoval c ->
                    to.setConfirmRemoval(
                            ConfirmRemoval.newBuilder()
                                    .setGroup(c.group().value())
                                    .setNode(c.node().value())
                                    .setConfigVersion(c.configVersion())
                                    .setBy(c.by().value())
                                    .setOrigin(by));
            case RoutingCommand.AssignVShard c ->
                    to.setAssignVShard(
                            AssignVShard.newBuilder()
                                    .setVShard(c.vShard().value())
                                    .setGroup(c.group().value())
                                    .setLeaseholder(c.leaseholder().value())
                                    .setSeenEpoch(c.seenEpoch().value())
                                    .setOrigin(by));
        }
    }

    static Proposal decode(InitRouting c) {
        return new Proposal(
                new RoutingCommand.InitRouting(RoutingCodec.decode(c.getLayout())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ChangeGroup c) {
        return new Proposal(
                new RoutingCommand.ChangeGroup(
                        new GroupId(c.getGroup()),
                        RoutingCodec.decode(c.getChange()),
                        new NodeId(c.getNode()),
                        c.getSeenConfigVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ReportGroup c) {
        return new Proposal(
                new RoutingCommand.ReportGroup(
                        new GroupId(c.getGroup()),
                        new NodeId(c.getNode()),
                        c.getIncarnation(),
                        c.getConfigVersion(),
                        RoutingCodec.optionalNode(c.getLeader()),
                        c.getLeaderTerm()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ConfirmRemoval c) {
        return new Proposal(
                new RoutingCommand.ConfirmRemoval(
                        new GroupId(c.getGroup()),
                        new NodeId(c.getNode()),
                        c.getConfigVersion(),
                        new NodeId(c.getBy())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(AssignVShard c) {
        return new Proposal(
                new RoutingCommand.AssignVShard(
                        new VShardId(c.getVShard()),
                        new GroupId(c.getGroup()),
                        new NodeId(c.getLeaseholder()),
                        new Epoch(c.getSeenEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }
}
