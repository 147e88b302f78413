package io.staddle.server.grpc;

import io.staddle.api.codec.ClaimsCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.ClaimsDigest;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.v1.AuditClaimsAnswer;
import io.staddle.api.v1.AuditClaimsRequest;
import io.staddle.statemachine.query.Queries;

/// Where owners are mistaken about what they own.
final class ClaimsAudits {
    private ClaimsAudits() {}

    static Reads.Request<AuditClaimsAnswer> request(AuditClaimsRequest request) {
        GrainFilter.Owned owned =
                GrainPages.ownedBy(new ClusterId(request.getOwner()), request.getType());
        ClaimsDigest claims = ClaimsCodec.decode(request);
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        ClaimsCodec.encode(new Queries(view).audit(owned, claims))
                                .setHeader(header)
                                .build());
    }
}
