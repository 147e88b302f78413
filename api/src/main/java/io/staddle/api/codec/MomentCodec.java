package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.Revision;
import io.staddle.api.id.VShardId;
import io.staddle.api.query.Moment;
import io.staddle.api.v1.AsOf;

/// Codec of the states that one can ask for.
public final class MomentCodec {
    private MomentCodec() {}

    /// Encodes it.
    public static AsOf encode(Moment moment) {
        AsOf.Builder encoded = AsOf.newBuilder();
        switch (moment) {
            case Moment.AtRevision(var revision) ->
                    encoded.getRevisionBuilder()
                            .setIndex(revision.index())
                            .setOrdinal(revision.ordinal());
            case Moment.AtTime(var millis) -> encoded.setAtMillis(millis);
            case Moment.AtEpoch(var grain, var epoch) ->
                    encoded.getEpochBuilder()
                            .setGrain(ModelCodec.encode(grain))
                            .setEpoch(epoch.value());
            case Moment.AtFence(var cluster, var fence) ->
                    encoded.getEpochBuilder().setCluster(cluster.value()).setEpoch(fence.value());
            case Moment.AtVShardEpoch(var vShard, var epoch) ->
                    encoded.getEpochBuilder().setVShard(vShard.value()).setEpoch(epoch.value());
        }
        return encoded.build();
    }

    /// Decodes it.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static Moment decode(AsOf encoded) {
        return switch (encoded.getMomentCase()) {
            case REVISION ->
                    new Moment.AtRevision(
                            new Revision(
                                    encoded.getRevision().getIndex(),
                                    encoded.getRevision().getOrdinal()));
            case AT_MILLIS -> new Moment.AtTime(encoded.getAtMillis());
            case EPOCH -> decode(encoded.getEpoch());
            case MOMENT_NOT_SET -> throw Malformed.of("as of", "a moment", "none");
        };
    }

    private static Moment decode(AsOf.OfEpoch of) {
        return switch (of.getSubjectCase()) {
            case GRAIN ->
                    new Moment.AtEpoch(ModelCodec.decode(of.getGrain()), new Epoch(of.getEpoch()));
            case CLUSTER ->
                    new Moment.AtFence(new ClusterId(of.getCluster()), new Fence(of.getEpoch()));
            case V_SHARD ->
                    new Moment.AtVShardEpoch(
                            new VShardId(of.getVShard()), new Epoch(of.getEpoch()));
            case SUBJECT_NOT_SET ->
                    throw Malformed.of("as of", "an epoch of a grain, cluster or vShard", "none");
        };
    }
}
