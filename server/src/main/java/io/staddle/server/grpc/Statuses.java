package io.staddle.server.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.MalformedException;
import io.staddle.server.front.Reason;
import io.staddle.server.front.UnansweredException;

/// The gRPC statuses: they are about the service. What a command was refused for is in the answer.
final class Statuses {
    private Statuses() {}

    static StatusRuntimeException of(UnansweredException why) {
        Metadata trailers = new Metadata();
        trailers.put(Trailers.REASON, why.reason().name());
        trailers.put(Trailers.OUTCOME, why.fate().text());
        why.leader()
                .ifPresent(leader -> {
                    trailers.put(Trailers.LEADER, leader.api().toString());
                    trailers.put(Trailers.LEADER_ID, leader.id().value());
                });
        why.refusal()
                .map(refusal -> RefusalCodec.encode(refusal).toByteArray())
                .ifPresent(refusal -> trailers.put(Trailers.REFUSAL, refusal));
        return status(why.reason()).withDescription(why.getMessage()).asRuntimeException(trailers);
    }

    static StatusRuntimeException malformed(String message) {
        Metadata trailers = new Metadata();
        trailers.put(Trailers.REASON, "MALFORMED");
        trailers.put(Trailers.OUTCOME, "none");
        return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException(trailers);
    }

    static StatusRuntimeException forbidden(String message) {
        Metadata trailers = new Metadata();
        trailers.put(Trailers.REASON, "FORBIDDEN");
        trailers.put(Trailers.OUTCOME, "none");
        return Status.PERMISSION_DENIED.withDescription(message).asRuntimeException(trailers);
    }

    static StatusRuntimeException malformed(MalformedException e) {
        return malformed(e.expectation().toString());
    }

    private static Status status(Reason reason) {
        return switch (reason) {
            case NOT_LEADER, NO_QUORUM, TOO_STALE, STOPPING -> Status.UNAVAILABLE;
            case OVERLOADED -> Status.RESOURCE_EXHAUSTED;
            case NO_SUCH_STATE -> Status.OUT_OF_RANGE;
            case DEADLINE -> Status.DEADLINE_EXCEEDED;
            case INTERNAL -> Status.INTERNAL;
        };
    }
}
