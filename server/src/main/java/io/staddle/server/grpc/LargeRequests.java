package io.staddle.server.grpc;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import java.util.Optional;

/// Says of a request that is too large which limit that is, and that there is no use in repeating
/// it: gRPC's own status would be RESOURCE_EXHAUSTED, which callers take for a full server.
final class LargeRequests implements GrpcExceptionHandlerFunction {
    /// In what Armeria says of a message, compressed or not.
    private static final String TOO_LARGE = "exceeds maximum";

    private final int bytesMax;

    /// @param bytesMax the setting `limits.message-bytes`
    LargeRequests(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// Leaves everything else as it is.
    @Override
    public Status apply(RequestContext call, Status status, Throwable cause, Metadata trailers) {
        boolean ours = trailers.containsKey(Trailers.REASON);
        if (ours || !(cause instanceof ContentTooLargeException || isTooLarge(status))) {
            Status usual = GrpcExceptionHandlerFunction.of().apply(call, status, cause, trailers);
            return usual == null ? status : usual;
        }
        StatusRuntimeException malformed = Statuses.malformed(text(bytesMax));
        Optional.ofNullable(malformed.getTrailers()).ifPresent(trailers::merge);
        return malformed.getStatus();
    }

    /// Returns what there is to say of a request that is larger.
    static String text(int bytesMax) {
        return "a request must be at most %d bytes long (limits.message-bytes), and this one is"
                        .formatted(bytesMax)
                + " longer: send less at a time, or raise the limit on every server";
    }

    private static boolean isTooLarge(Status status) {
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                && Optional.ofNullable(status.getDescription())
                        .filter(text -> text.contains(TOO_LARGE))
                        .isPresent();
    }
}
