package io.staddle.server.grpc;

import io.grpc.Metadata;

/// What travels beside a gRPC status. Clients rely on these names.
public final class Trailers {
    /// The API address of the leader, `HOST:PORT`, if the call has to go there.
    public static final Metadata.Key<String> LEADER = key("staddle-leader");

    /// The id of the leader.
    public static final Metadata.Key<String> LEADER_ID = key("staddle-leader-id");

    /// What the caller may conclude: `none` or `unknown`.
    public static final Metadata.Key<String> OUTCOME = key("staddle-outcome");

    /// Why there is no answer: a name of [io.staddle.server.front.Reason].
    public static final Metadata.Key<String> REASON = key("staddle-reason");

    /// An encoded refusal: why there is no such state of the past.
    public static final Metadata.Key<byte[]> REFUSAL =
            Metadata.Key.of("staddle-refusal-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private Trailers() {}

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
