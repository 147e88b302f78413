package io.staddle.api.codec;

import io.staddle.api.command.Proposal;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.AckReplay;
import io.staddle.api.v1.AppendReplay;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.SettleReplay;
import io.staddle.api.v1.TruncateReplay;

/// Codec of the commands about replay queues.
final class ReplayCommandCodec {
    private ReplayCommandCodec() {}

    static void encode(ReplayCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case ReplayCommand.Append c ->
                    to.setAppendReplay(
                            AppendReplay.newBuilder()
                                    .setTarget(c.target().value())
                                    .addAllWrites(
                                            c.writes().stream().map(ReplayCodec::encode).toList())
                                    .setOrigin(by));
            case ReplayCommand.Acknowledge c ->
                    to.setAckReplay(
                            AckReplay.newBuilder()
                                    .setTarget(c.target().value())
                                    .setThroughSeq(c.throughSeq())
                                    .setConsumer(c.consumer().value())
                                    .setOrigin(by));
            case ReplayCommand.Truncate c ->
                    to.setTruncateReplay(
                            TruncateReplay.newBuilder()
                                    .setTarget(c.target().value())
                                    .setThroughSeq(c.throughSeq())
                                    .setSeenAckedSeq(c.seenAckedSeq())
                                    .setReason(c.reason())
                                    .setOrigin(by));
            case ReplayCommand.Settle c ->
                    to.setSettleReplay(
                            SettleReplay.newBuilder()
                                    .setTarget(c.target().value())
                                    .setOriginCluster(c.origin().value())
                                    .setThrough(c.through())
                                    .setOrigin(by));
        }
    }

    static Proposal append(AppendReplay c) {
        return new Proposal(
                new ReplayCommand.Append(
                        new ClusterId(c.getTarget()),
                        c.getWritesList().stream().map(ReplayCodec::decode).toList()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal acknowledge(AckReplay c) {
        return new Proposal(
                new ReplayCommand.Acknowledge(
                        new ClusterId(c.getTarget()),
                        c.getThroughSeq(),
                        new ConsumerId(c.getConsumer())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal truncate(TruncateReplay c) {
        return new Proposal(
                new ReplayCommand.Truncate(
                        new ClusterId(c.getTarget()),
                        c.getThroughSeq(),
                        c.getSeenAckedSeq(),
                        c.getReason()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal settle(SettleReplay c) {
        return new Proposal(
                new ReplayCommand.Settle(
                        new ClusterId(c.getTarget()),
                        new ClusterId(c.getOriginCluster()),
                        c.getThrough()),
                ModelCodec.decode(c.getOrigin()));
    }
}
