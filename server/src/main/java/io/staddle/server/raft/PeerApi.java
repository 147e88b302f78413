package io.staddle.server.raft;

import io.grpc.BindableService;

/// What answers the other servers.
public interface PeerApi extends BindableService, AutoCloseable {
    /// Ends streams of questions: the API port closes.
    @Override
    void close();
}
