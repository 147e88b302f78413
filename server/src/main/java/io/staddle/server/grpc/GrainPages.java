package io.staddle.server.grpc;

import com.google.protobuf.ByteString;

import io.staddle.api.codec.MoveCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.model.HeldGrain;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.GrainBuckets;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.ListGrainsRequest;
import io.staddle.server.config.Limits;
import io.staddle.statemachine.query.Page;
import io.staddle.statemachine.query.Queries;

import java.util.HashSet;

/// Pages of the list of grains.
final class GrainPages {
    private GrainPages() {}

    static Reads.Request<ListGrainsAnswer> request(ListGrainsRequest request, Limits limits) {
        if (request.getHolding() != 0) {
            return held(request, limits);
        }
        GrainFilter filter = filter(request);
        int size = PageBounds.rows("page_size", request.getPageSize(), limits);
        byte[] token = request.getPageToken().toByteArray();
        boolean allStates = request.getAllStates();
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        page(new Queries(view).list(filter, token, size), allStates)
                                .setHeader(header)
                                .build());
    }

    private static Reads.Request<ListGrainsAnswer> held(ListGrainsRequest request, Limits limits) {
        HoldingId holding = new HoldingId(request.getHolding());
        int size = PageBounds.rows("page_size", request.getPageSize(), limits);
        byte[] token = request.getPageToken().toByteArray();
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) -> {
                    Page<HeldGrain> page = new Queries(view).held(holding, token, size);
                    return ListGrainsAnswer.newBuilder()
                            .setHeader(header)
                            .addAllHeld(page.items().stream().map(MoveCodec::encode).toList())
                            .setNextPageToken(ByteString.copyFrom(page.next()))
                            .build();
                });
    }

    private static ListGrainsAnswer.Builder page(Page<Ownership> page, boolean allStates) {
        ListGrainsAnswer.Builder answer = ListGrainsAnswer.newBuilder();
        for (Ownership each : page.items()) {
            // So a page may be short, or empty, and yet not be the last.
            if (allStates || each instanceof Ownership.Owned) {
                answer.addGrains(OwnershipCodec.encode(each));
            }
        }
        return answer.setNextPageToken(ByteString.copyFrom(page.next()));
    }

    private static GrainFilter filter(ListGrainsRequest request) {
        if (request.getBucketsCount() == 0) {
            return anywhere(request);
        }
        if (request.getOwner().isEmpty()) {
            throw malformed("owner", "a cluster if buckets are named", "none");
        }
        return new GrainFilter.OwnedIn(
                ownedBy(new ClusterId(request.getOwner()), request.getType()),
                new GrainBuckets(request.getBucketBits(), new HashSet<>(request.getBucketsList())));
    }

    private static GrainFilter anywhere(ListGrainsRequest request) {
        String prefix = request.getKeyPrefix();
        boolean ofOwner = !request.getOwner().isEmpty();
        boolean ofType = !request.getType().isEmpty();
        if (ofOwner && request.getAllStates()) {
            throw malformed("all states", "false if an owner is named", "true");
        }
        if (!prefix.isEmpty() && (ofOwner || !ofType)) {
            throw malformed("key prefix", "empty unless a type and no owner is named", prefix);
        }
        if (ofOwner) {
            return ownedBy(new ClusterId(request.getOwner()), request.getType());
        }
        return ofType
                ? new GrainFilter.OfType(new GrainType(request.getType()), prefix)
                : new GrainFilter.All();
    }

    static GrainFilter.Owned ownedBy(ClusterId owner, String type) {
        return type.isEmpty()
                ? new GrainFilter.OwnedBy(owner)
                : new GrainFilter.OwnedOfType(owner, new GrainType(type));
    }

    private static MalformedException malformed(String field, String expected, String found) {
        return new MalformedException(new Expectation(field, expected, found));
    }
}
