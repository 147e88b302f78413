package io.staddle.server.peer;

import io.staddle.server.config.HostPort;

import org.apache.ratis.thirdparty.io.grpc.Status;

import java.io.Serial;

/// Another server did not answer, or said no.
///
/// It has no stack trace: while a server is down there are many.
public final class PeerException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final boolean foreign;

    PeerException(HostPort api, Throwable why) {
        super(api + ": " + why.getMessage() + root(why), why, false, false);
        foreign = Status.fromThrowable(why).getCode() == Status.Code.FAILED_PRECONDITION;
    }

    /// Whether the server said that it belongs to another deployment.
    public boolean isForeign() {
        return foreign;
    }

    /// gRPC itself says no more than "io exception".
    private static String root(Throwable why) {
        Throwable root = why.getCause();
        return root == null ? "" : " (" + root.getMessage() + ")";
    }
}
