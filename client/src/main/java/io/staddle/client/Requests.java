package io.staddle.client;

import com.google.protobuf.ByteString;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.MomentCodec;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Origin;
import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.CheckFenceRequest;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Consistency;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.api.v1.LookupRequest;
import io.staddle.api.v1.PlanMoveRequest;
import io.staddle.api.v1.Query;

import java.util.OptionalLong;

/// Codec of the queries.
final class Requests {
    /// As few pages as the servers allow: each costs a round.
    private static final int PAGE_SIZE = 5_000;

    static final Consistency LINEARIZABLE =
            Consistency.newBuilder()
                    .setLinearizable(Consistency.Linearizable.getDefaultInstance())
                    .build();
    static final Consistency STALE =
            Consistency.newBuilder().setStale(Consistency.Stale.getDefaultInstance()).build();

    private Requests() {}

    static Consistency consistency(io.staddle.api.query.Consistency level) {
        return switch (level) {
            case io.staddle.api.query.Consistency.Linearizable same -> LINEARIZABLE;
            case io.staddle.api.query.Consistency.Stale same -> STALE;
            case io.staddle.api.query.Consistency.Bounded(var millis) ->
                    Consistency.newBuilder()
                            .setBounded(Consistency.Bounded.newBuilder().setMaxAgeMillis(millis))
                            .build();
            case io.staddle.api.query.Consistency.AtLeast(var index) ->
                    Consistency.newBuilder()
                            .setAtLeast(Consistency.AtLeast.newBuilder().setIndex(index))
                            .build();
            case io.staddle.api.query.Consistency.AsOf(var moment) ->
                    Consistency.newBuilder().setAsOf(MomentCodec.encode(moment)).build();
        };
    }

    static AnswerHeader header(io.staddle.api.v1.AnswerHeader header) {
        return new AnswerHeader(header.getIndex(), header.getServer(), header.getAgeMillis());
    }

    static Query lookup(GrainId grain) {
        return Query.newBuilder()
                .setLookup(LookupRequest.newBuilder().setGrain(ModelCodec.encode(grain)))
                .build();
    }

    static Query checkFence(Held held) {
        return Query.newBuilder()
                .setCheckFence(
                        CheckFenceRequest.newBuilder()
                                .setGrain(ModelCodec.encode(held.grain()))
                                .setHolder(held.holder().value())
                                .setEpoch(held.epoch().value()))
                .build();
    }

    static ListGrainsRequest page(
            GrainFilter filter, ByteString token, io.staddle.api.query.Consistency level) {
        ListGrainsRequest.Builder request =
                ListGrainsRequest.newBuilder()
                        .setPageSize(PAGE_SIZE)
                        .setPageToken(token)
                        .setConsistency(consistency(level));
        switch (filter) {
            case GrainFilter.All all -> request.setAllStates(true);
            case GrainFilter.OfType(var type, var keyPrefix) ->
                    request.setType(type.name()).setKeyPrefix(keyPrefix).setAllStates(true);
            case GrainFilter.Owned owned ->
                    request.setOwner(owned.owner().value()).setType(type(owned));
            case GrainFilter.OwnedIn(var owned, var buckets) ->
                    request.setOwner(owned.owner().value())
                            .setType(type(owned))
                            .setBucketBits(buckets.bits())
                            .addAllBuckets(buckets.numbers());
        }
        return request.build();
    }

    /// Returns the type of the grains; empty for any.
    static String type(GrainFilter.Owned owned) {
        return switch (owned) {
            case GrainFilter.OwnedBy any -> "";
            case GrainFilter.OwnedOfType(var owner, var type) -> type.name();
        };
    }

    static BeatRequest beat(
            ClusterId cluster, long incarnation, Fence ackedFence, OptionalLong lagMillis) {
        BeatRequest.Builder request =
                BeatRequest.newBuilder()
                        .setCluster(cluster.value())
                        .setIncarnation(incarnation)
                        .setAckedFence(ackedFence.value());
        lagMillis.ifPresent(request::setLagMillis);
        return request.build();
    }

    static PlanMoveRequest preview(ClusterCommand.OfHoldings move) {
        Command encoded = CommandCodec.encode(move, Origin.NONE);
        PlanMoveRequest.Builder request = PlanMoveRequest.newBuilder();
        return switch (move) {
            case ClusterCommand.FailOver same -> request.setFailOver(encoded.getFailOver()).build();
            case ClusterCommand.DemoteAndPromote same ->
                    request.setDemoteAndPromote(encoded.getDemoteAndPromote()).build();
            case ClusterCommand.FailBack same -> request.setFailBack(encoded.getFailBack()).build();
            case ClusterCommand.Evacuate same -> request.setEvacuate(encoded.getEvacuate()).build();
        };
    }
}
