package io.staddle.api.codec;

import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Acquire;
import io.staddle.api.v1.Claim;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.ExpireLeases;
import io.staddle.api.v1.Import;
import io.staddle.api.v1.ImportReleased;
import io.staddle.api.v1.Promote;
import io.staddle.api.v1.PurgeTombstones;
import io.staddle.api.v1.RaiseFloor;
import io.staddle.api.v1.Reassign;
import io.staddle.api.v1.Release;
import io.staddle.api.v1.Renew;
import io.staddle.api.v1.SetPlacement;

/// Codec of the commands about grains.
final class DirectoryCommandCodec {
    private DirectoryCommandCodec() {}

    static void encode(DirectoryCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case DirectoryCommand.Acquire c ->
                    to.setAcquire(
                            Acquire.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setCluster(c.cluster().value())
                                    .setLeaseMillis(c.leaseMillis())
                                    .setOrigin(by));
            case DirectoryCommand.Claim c ->
                    to.setClaim(
                            Claim.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setCluster(c.cluster().value())
                                    .setEpoch(c.epoch().value())
                                    .setOrigin(by));
            case DirectoryCommand.Promote c ->
                    to.setPromote(
                            Promote.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setTo(c.to().value())
                                    .setSeenOwner(c.seenOwner().value())
                                    .setSeenEpoch(c.seenEpoch().value())
                                    .setFromLiveOwner(c.takeover() == Takeover.FROM_LIVE_OWNER)
                                    .setOrigin(by));
            case DirectoryCommand.Release c ->
                    to.setRelease(
                            Release.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setCluster(c.cluster().value())
                                    .setEpoch(c.epoch().value())
                                    .setOrigin(by));
            case DirectoryCommand.Renew c ->
                    to.setRenew(
                            Renew.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setCluster(c.cluster().value())
                                    .setEpoch(c.epoch().value())
                                    .setLeaseMillis(c.leaseMillis())
                                    .setOrigin(by));
            case DirectoryCommand.Reassign c ->
                    to.setReassign(
                            Reassign.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setTo(c.to().value())
                                    .setSeenEpoch(c.seenEpoch().value())
                                    .setOrigin(by));
            case DirectoryCommand.Import c ->
                    to.setImport(
                            Import.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setOwner(c.owner().value())
                                    .setEpoch(c.epoch().value())
                                    .setOrigin(by));
            case DirectoryCommand.ImportReleased c ->
                    to.setImportReleased(
                            ImportReleased.newBuilder()
                                    .setGrain(ModelCodec.encode(c.grain()))
                                    .setLastOwner(c.lastOwner().value())
                                    .setEpoch(c.epoch().value())
                                    .setOrigin(by));
            case DirectoryCommand.RaiseFloor c ->
                    to.setRaiseFloor(
                            RaiseFloor.newBuilder()
                                    .setType(c.type().name())
                                    .setEpoch(c.epoch().value())
                                    .setOrigin(by));
            case DirectoryCommand.SetPlacement c ->
                    to.setSetPlacement(
                            SetPlacement.newBuilder()
                                    .setType(c.type().name())
                                    .addAllAllowed(
                                            c.allowed().stream().map(ClusterId::value).toList())
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case DirectoryCommand.ExpireLeases c ->
                    to.setExpireLeases(ExpireLeases.newBuilder().setMax(c.max()).setOrigin(by));
            case DirectoryCommand.PurgeTombstones c ->
                    to.setPurgeTombstones(
                            PurgeTombstones.newBuilder().setMax(c.max()).setOrigin(by));
        }
    }

    static Proposal acquire(Acquire c) {
        return new Proposal(
                new DirectoryCommand.Acquire(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getCluster()),
                        c.getLeaseMillis()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal claim(Claim c) {
        return new Proposal(
                new DirectoryCommand.Claim(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getCluster()),
                        new Epoch(c.getEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal promote(Promote c) {
        return new Proposal(
                new DirectoryCommand.Promote(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getTo()),
                        new ClusterId(c.getSeenOwner()),
                        new Epoch(c.getSeenEpoch()),
                        c.getFromLiveOwner()
                                ? Takeover.FROM_LIVE_OWNER
                                : Takeover.FROM_FAILED_OWNER),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal release(Release c) {
        return new Proposal(
                new DirectoryCommand.Release(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getCluster()),
                        new Epoch(c.getEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal renew(Renew c) {
        return new Proposal(
                new DirectoryCommand.Renew(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getCluster()),
                        new Epoch(c.getEpoch()),
                        c.getLeaseMillis()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal reassign(Reassign c) {
        return new Proposal(
                new DirectoryCommand.Reassign(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getTo()),
                        new Epoch(c.getSeenEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal importGrain(Import c) {
        return new Proposal(
                new DirectoryCommand.Import(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getOwner()),
                        new Epoch(c.getEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal importReleased(ImportReleased c) {
        return new Proposal(
                new DirectoryCommand.ImportReleased(
                        ModelCodec.decode(c.getGrain()),
                        new ClusterId(c.getLastOwner()),
                        new Epoch(c.getEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal raiseFloor(RaiseFloor c) {
        return new Proposal(
                new DirectoryCommand.RaiseFloor(
                        new GrainType(c.getType()), new Epoch(c.getEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal setPlacement(SetPlacement c) {
        return new Proposal(
                new DirectoryCommand.SetPlacement(
                        new GrainType(c.getType()),
                        ModelCodec.clusters(c.getAllowedList()),
                        c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal expireLeases(ExpireLeases c) {
        return new Proposal(
                new DirectoryCommand.ExpireLeases(c.getMax()), ModelCodec.decode(c.getOrigin()));
    }

    static Proposal purgeTombstones(PurgeTombstones c) {
        return new Proposal(
                new DirectoryCommand.PurgeTombstones(c.getMax()), ModelCodec.decode(c.getOrigin()));
    }
}
