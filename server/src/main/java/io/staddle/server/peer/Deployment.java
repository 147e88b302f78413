package io.staddle.server.peer;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/// The deployment that a server belongs to, as it tells those that take it for another's.
///
/// @param name key `deployment` of the configuration
public record Deployment(String name) {
    /// Tells a caller that means another deployment so, and whether it does.
    public boolean refuses(String asked, StreamObserver<?> answers) {
        if (asked.equals(name)) {
            return false;
        }
        answers.onError(
                Status.FAILED_PRECONDITION
                        .withDescription("this server is of deployment " + name + ", not " + asked)
                        .asRuntimeException());
        return true;
    }
}
