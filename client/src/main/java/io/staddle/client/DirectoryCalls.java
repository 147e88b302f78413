package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.ClaimsCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.model.Placement;
import io.staddle.api.query.ClaimsDigest;
import io.staddle.api.query.GrainCount;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.v1.CountGrainsRequest;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.ListFloorsRequest;
import io.staddle.api.v1.ListHoldingsRequest;
import io.staddle.api.v1.ListPlacementsRequest;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The queries about the directory as a whole.
final class DirectoryCalls {
    private DirectoryCalls() {}

    static CompletableFuture<List<GrainCount>> count(Calls calls, String owner, String type) {
        return calls.query(
                DirectoryGrpc.getCountGrainsMethod(),
                CountGrainsRequest.newBuilder()
                        .setOwner(owner)
                        .setType(type)
                        .setConsistency(calls.consistency())
                        .build(),
                Answers::counts,
                Route.QUERY);
    }

    static CompletableFuture<Observed<ClaimsDigest.Comparison>> audit(
            Calls calls, GrainFilter.Owned owned, ClaimsDigest claims) {
        return calls.query(
                DirectoryGrpc.getAuditClaimsMethod(),
                ClaimsCodec.encode(claims)
                        .setOwner(owned.owner().value())
                        .setType(Requests.type(owned))
                        .setConsistency(calls.consistency())
                        .build(),
                answer ->
                        new Observed<>(
                                Requests.header(answer.getHeader()), ClaimsCodec.decode(answer)),
                Route.QUERY);
    }

    static CompletableFuture<List<Answer.Floor>> floors(Calls calls) {
        return calls.query(
                DirectoryGrpc.getListFloorsMethod(),
                ListFloorsRequest.newBuilder().setConsistency(calls.consistency()).build(),
                answer -> answer.getFloorsList().stream().map(ModelCodec::decode).toList(),
                Route.QUERY);
    }

    static CompletableFuture<List<HoldingCount>> holdings(Calls calls, String owner) {
        return calls.query(
                DirectoryGrpc.getListHoldingsMethod(),
                ListHoldingsRequest.newBuilder()
                        .setOwner(owner)
                        .setConsistency(calls.consistency())
                        .build(),
                answer -> answer.getHoldingsList().stream().map(MoveCodec::decode).toList(),
                Route.QUERY);
    }

    static CompletableFuture<List<Placement>> placements(Calls calls) {
        return calls.query(
                DirectoryGrpc.getListPlacementsMethod(),
                ListPlacementsRequest.newBuilder().setConsistency(calls.consistency()).build(),
                answer -> answer.getPlacementsList().stream().map(ModelCodec::decode).toList(),
                Route.QUERY);
    }
}
