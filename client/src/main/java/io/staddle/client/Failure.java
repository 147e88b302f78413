package io.staddle.client;

import com.google.protobuf.InvalidProtocolBufferException;

import io.grpc.Metadata;
import io.grpc.Status;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.refusal.Refusal;

import java.util.Optional;

/// How an attempt failed, and what that says about the calls in it.
///
/// @param leader where the leader is, if the server said so
/// @param refusal why there is no state to answer from, if that is the point
record Failure(Kind kind, String words, Optional<Endpoint> leader, Optional<Refusal> refusal) {
    /// Trailer: `host:port` of the leader.
    static final Metadata.Key<String> LEADER =
            Metadata.Key.of("staddle-leader", Metadata.ASCII_STRING_MARSHALLER);

    /// Trailer: `unknown` if the commands may have been carried out, `none` if surely not.
    static final Metadata.Key<String> OUTCOME =
            Metadata.Key.of("staddle-outcome", Metadata.ASCII_STRING_MARSHALLER);

    /// Trailer: why there is no such state of the past.
    static final Metadata.Key<byte[]> REFUSAL =
            Metadata.Key.of("staddle-refusal-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /// What is known of the calls.
    enum Kind {
        /// Not carried out; another server may.
        NOT_HERE,
        /// Not carried out: the server has too much to do.
        OVERLOADED,
        /// Not carried out: it never left the client.
        UNSENT,
        /// It was sent, and nobody knows more.
        LOST,
        /// Not carried out: the caller may not do this.
        FORBIDDEN,
        /// It is no use to ask that, and the words say what to change.
        MALFORMED,
        /// Not carried out: the server does not understand it.
        SENSELESS
    }

    /// Returns what the end of an attempt means.
    ///
    /// @param sent whether the request may have left the client
    /// @param answered whether the status is the server's own
    static Failure of(Status status, Metadata trailers, boolean sent, boolean answered) {
        Optional<Endpoint> leader = leader(trailers);
        String words = words(status, leader);
        return new Failure(
                kind(status, trailers, sent, answered), words, leader, refusal(trailers));
    }

    /// Whether the calls may have been carried out.
    boolean isLost() {
        return kind == Kind.LOST;
    }

    /// Whether it is no use to ask again.
    boolean isFinal() {
        return kind == Kind.FORBIDDEN || isSenseless();
    }

    /// Whether nobody would answer that request.
    boolean isSenseless() {
        return kind == Kind.MALFORMED || kind == Kind.SENSELESS;
    }

    /// Returns what a final failure is to the caller.
    StaddleException exception() {
        if (refusal.isPresent()) {
            return new StaddleRefusedException(refusal.get());
        }
        return kind == Kind.FORBIDDEN
                ? new StaddleForbiddenException(words)
                : new StaddleProtocolException(words, kind == Kind.MALFORMED);
    }

    private static Kind kind(Status status, Metadata trailers, boolean sent, boolean answered) {
        if (isTooLargeToTake(status)) {
            return Kind.MALFORMED;
        }
        if (!answered) {
            return sent ? Kind.LOST : Kind.UNSENT;
        }
        String outcome = trailers.get(OUTCOME);
        if ("unknown".equals(outcome)) {
            return Kind.LOST;
        }
        Kind byCode = byCode(status);
        return byCode == Kind.LOST && "none".equals(outcome) ? Kind.NOT_HERE : byCode;
    }

    /// gRPC's own words, and its status would say that the server is full.
    private static boolean isTooLargeToTake(Status status) {
        return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                && status.getDescription() != null
                && status.getDescription().startsWith("gRPC message exceeds maximum size");
    }

    private static Kind byCode(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE -> Kind.NOT_HERE;
            case RESOURCE_EXHAUSTED -> Kind.OVERLOADED;
            case UNAUTHENTICATED, PERMISSION_DENIED -> Kind.FORBIDDEN;
            case INVALID_ARGUMENT -> Kind.MALFORMED;
            case OUT_OF_RANGE, FAILED_PRECONDITION, NOT_FOUND, ALREADY_EXISTS, UNIMPLEMENTED ->
                    Kind.SENSELESS;
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, DATA_LOSS ->
                    Kind.LOST;
        };
    }

    private static Optional<Endpoint> leader(Metadata trailers) {
        String address = trailers.get(LEADER);
        if (address == null || address.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Endpoint.parse(address));
        } catch (IllegalArgumentException ofNoUse) {
            return Optional.empty();
        }
    }

    private static Optional<Refusal> refusal(Metadata trailers) {
        byte[] encoded = trailers.get(REFUSAL);
        if (encoded == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RefusalCodec.decode(io.staddle.api.v1.Refusal.parseFrom(encoded)));
        } catch (InvalidProtocolBufferException | IllegalArgumentException ofNoUse) {
            return Optional.empty();
        }
    }

    private static String words(Status status, Optional<Endpoint> leader) {
        if (isTooLargeToTake(status)) {
            return "the answer is longer than the %d bytes that this client takes: ask for less at"
                            .formatted(Core.MESSAGE_BYTES_MAX)
                    + " a time, with smaller pages or fewer queries. What was asked for may have"
                    + " been done";
        }
        StringBuilder words = new StringBuilder(status.getCode().name());
        if (status.getDescription() != null) {
            words.append(": ").append(status.getDescription());
        }
        Throwable cause = status.getCause();
        if (cause != null && cause.getMessage() != null) {
            words.append(" (").append(cause.getMessage()).append(')');
        }
        leader.ifPresent(there -> words.append(", the leader is ").append(there));
        return words.toString();
    }
}
