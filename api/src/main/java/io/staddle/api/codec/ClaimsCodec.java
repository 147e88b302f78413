package io.staddle.api.codec;

import io.staddle.api.id.MalformedException;
import io.staddle.api.query.BucketDigest;
import io.staddle.api.query.ClaimsDigest;
import io.staddle.api.query.ClaimsDigest.Difference;
import io.staddle.api.v1.AuditClaimsAnswer;
import io.staddle.api.v1.AuditClaimsRequest;

import java.util.ArrayList;
import java.util.List;

/// Codec of digests of claims.
public final class ClaimsCodec {
    private ClaimsCodec() {}

    /// Returns a request with the digest in it.
    public static AuditClaimsRequest.Builder encode(ClaimsDigest claims) {
        AuditClaimsRequest.Builder request = AuditClaimsRequest.newBuilder().setBits(claims.bits());
        for (BucketDigest bucket : claims.buckets()) {
            request.addCounts(bucket.grains()).addSums(bucket.sum());
        }
        return request;
    }

    /// Returns the digest in a request.
    ///
    /// @throws MalformedException if there is none
    public static ClaimsDigest decode(AuditClaimsRequest request) {
        if (request.getSumsCount() != request.getCountsCount()) {
            throw Malformed.of(
                    "sums",
                    "as many as counts, " + request.getCountsCount(),
                    Integer.toString(request.getSumsCount()));
        }
        List<BucketDigest> buckets = new ArrayList<>(request.getCountsCount());
        for (int i = 0; i < request.getCountsCount(); i++) {
            buckets.add(new BucketDigest(request.getCounts(i), request.getSums(i)));
        }
        return new ClaimsDigest(request.getBits(), buckets);
    }

    /// Returns an answer, without its header.
    public static AuditClaimsAnswer.Builder encode(ClaimsDigest.Comparison comparison) {
        AuditClaimsAnswer.Builder answer =
                AuditClaimsAnswer.newBuilder().setGrains(comparison.grains());
        for (Difference each : comparison.buckets()) {
            answer.addDifferencesBuilder().setBucket(each.bucket()).setGrains(each.grains());
        }
        return answer;
    }

    /// Returns what an answer says, without its header.
    public static ClaimsDigest.Comparison decode(AuditClaimsAnswer answer) {
        return new ClaimsDigest.Comparison(
                answer.getGrains(),
                answer.getDifferencesList().stream()
                        .map(each -> new Difference(each.getBucket(), each.getGrains()))
                        .toList());
    }
}
