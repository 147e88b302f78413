package io.staddle.api.codec;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.RegisterCluster;
import io.staddle.api.v1.RemoveCluster;
import io.staddle.api.v1.TransferPrimary;
import io.staddle.api.v1.UpdateCluster;

/// Codec of the commands about clusters.
final class ClusterCommandCodec {
    private ClusterCommandCodec() {}

    static void encode(ClusterCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case ClusterCommand.Register c ->
                    to.setRegisterCluster(
                            RegisterCluster.newBuilder()
                                    .setId(c.cluster().value())
                                    .setRegion(c.profile().region())
                                    .setEndpoint(c.profile().endpoint())
                                    .setTierRank(c.profile().tierRank())
                                    .setPrimaryEligible(c.profile().primaryEligible())
                                    .setState(ClusterCodec.encode(c.state()))
                                    .setOrigin(by));
            case ClusterCommand.Update c ->
                    to.setUpdateCluster(
                            UpdateCluster.newBuilder()
                                    .setId(c.cluster().value())
                                    .setRegion(c.profile().region())
                                    .setEndpoint(c.profile().endpoint())
                                    .setTierRank(c.profile().tierRank())
                                    .setPrimaryEligible(c.profile().primaryEligible())
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case ClusterCommand.Remove c ->
                    to.setRemoveCluster(
                            RemoveCluster.newBuilder()
                                    .setId(c.cluster().value())
                                    .setSeenVersion(c.seenVersion())
                                    .setLost(c.lost())
                                    .setOrigin(by));
            case ClusterCommand.TransferPrimary c ->
                    to.setTransferPrimary(
                            TransferPrimary.newBuilder()
                                    .setFrom(c.from().value())
                                    .setTo(c.to().value())
                                    .setSeenPrimaryEpoch(c.seenPrimaryEpoch())
                                    .setOrigin(by));
            case ClusterCommand.OfHoldings c -> MoveCommandCodec.encode(c, by, to);
        }
    }

    static Proposal register(RegisterCluster c) {
        return new Proposal(
                new ClusterCommand.Register(
                        new ClusterId(c.getId()),
                        new ClusterProfile(
                                c.getRegion(),
                                c.getEndpoint(),
                                c.getTierRank(),
                                c.getPrimaryEligible()),
                        ClusterCodec.decode(c.getState())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal update(UpdateCluster c) {
        return new Proposal(
                new ClusterCommand.Update(
                        new ClusterId(c.getId()),
                        new ClusterProfile(
                                c.getRegion(),
                                c.getEndpoint(),
                                c.getTierRank(),
                                c.getPrimaryEligible()),
                        c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal remove(RemoveCluster c) {
        return new Proposal(
                new ClusterCommand.Remove(
                        new ClusterId(c.getId()), c.getSeenVersion(), c.getLost()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal transferPrimary(TransferPrimary c) {
        return new Proposal(
                new ClusterCommand.TransferPrimary(
                        new ClusterId(c.getFrom()),
                        new ClusterId(c.getTo()),
                        c.getSeenPrimaryEpoch()),
                ModelCodec.decode(c.getOrigin()));
    }
}
