package io.staddle.api.codec;

import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.Initiative;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.DrainCluster;
import io.staddle.api.v1.MarkSuspect;
import io.staddle.api.v1.ReadmitCluster;
import io.staddle.api.v1.RecordBeats;

/// Codec of the commands about the health of clusters.
final class HealthCommandCodec {
    private HealthCommandCodec() {}

    static void encode(HealthCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case HealthCommand.RecordBeats c ->
                    to.setRecordBeats(
                            RecordBeats.newBuilder()
                                    .addAllBeats(
                                            c.beats().stream().map(HealthCodec::encode).toList())
                                    .setOrigin(by));
            case HealthCommand.MarkSuspect c ->
                    to.setMarkSuspect(
                            MarkSuspect.newBuilder()
                                    .setCluster(c.cluster().value())
                                    .setSeenVersion(c.seenVersion())
                                    .setSuspicion(HealthCodec.encode(c.suspicion()))
                                    .setOrigin(by));
            case HealthCommand.Drain c ->
                    to.setDrainCluster(
                            DrainCluster.newBuilder()
                                    .setCluster(c.cluster().value())
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case HealthCommand.Readmit c ->
                    to.setReadmitCluster(
                            ReadmitCluster.newBuilder()
                                    .setCluster(c.cluster().value())
                                    .setFailover(c.failover().value())
                                    .setAutomatic(c.by() == Initiative.AUTOMATIC)
                                    .setOrigin(by));
        }
    }

    static Proposal recordBeats(RecordBeats c) {
        return new Proposal(
                new HealthCommand.RecordBeats(
                        c.getBeatsList().stream().map(HealthCodec::decode).toList()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal markSuspect(MarkSuspect c) {
        return new Proposal(
                new HealthCommand.MarkSuspect(
                        new ClusterId(c.getCluster()),
                        c.getSeenVersion(),
                        HealthCodec.decode(c.getSuspicion())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal drain(DrainCluster c) {
        return new Proposal(
                new HealthCommand.Drain(new ClusterId(c.getCluster()), c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal readmit(ReadmitCluster c) {
        return new Proposal(
                new HealthCommand.Readmit(
                        new ClusterId(c.getCluster()),
                        new MoveId(c.getFailover()),
                        c.getAutomatic() ? Initiative.AUTOMATIC : Initiative.OPERATOR),
                ModelCodec.decode(c.getOrigin()));
    }
}
