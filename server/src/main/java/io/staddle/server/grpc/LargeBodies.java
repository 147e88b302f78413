package io.staddle.server.grpc;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;

import io.grpc.Status;

import org.jspecify.annotations.Nullable;

/// Says the same as [LargeRequests] of a request that is not even read to its end. Armeria would
/// answer gRPC with the status of HTTP, 413, and callers would not know whether it was carried out.
final class LargeBodies implements ServerErrorHandler {
    private static final MediaType GRPC = MediaType.parse("application/grpc");

    private final int bytesMax;

    /// @param bytesMax the setting `limits.message-bytes`
    LargeBodies(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext call, Throwable cause) {
        return ServerErrorHandler.ofDefault().onServiceException(call, cause);
    }

    /// Leaves all other statuses as they are.
    @Override
    public @Nullable AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext call,
            ServiceConfig config,
            @Nullable RequestHeaders request,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        if (!status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)) {
            return ServerErrorHandler.ofDefault()
                    .renderStatus(call, config, request, status, description, cause);
        }
        return isGrpc(request) ? ofGrpc() : ofHttp();
    }

    private static boolean isGrpc(@Nullable RequestHeaders request) {
        MediaType type = request == null ? null : request.contentType();
        return type != null
                && type.type().equals(GRPC.type())
                && type.subtype().startsWith(GRPC.subtype());
    }

    /// Trailers alone: that is a whole answer in gRPC.
    private AggregatedHttpResponse ofGrpc() {
        return AggregatedHttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(GRPC)
                        .addInt("grpc-status", Status.Code.INVALID_ARGUMENT.value())
                        .add("grpc-message", LargeRequests.text(bytesMax))
                        .add(Trailers.REASON.name(), "MALFORMED")
                        .add(Trailers.OUTCOME.name(), "none")
                        .build());
    }

    private AggregatedHttpResponse ofHttp() {
        return AggregatedHttpResponse.of(
                HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                MediaType.PLAIN_TEXT_UTF_8,
                HttpData.ofUtf8(LargeRequests.text(bytesMax) + "\n"));
    }
}
