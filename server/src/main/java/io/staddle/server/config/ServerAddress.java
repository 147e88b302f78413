package io.staddle.server.config;

import io.staddle.api.id.ServerId;

/// A server of the deployment, as all servers and their clients reach it.
///
/// @param api where clients call it
/// @param raft where the other servers call it
public record ServerAddress(ServerId id, HostPort api, HostPort raft) {
    /// Returns what an operator enters to add it to a quorum.
    public String toAdd() {
        return "staddle server add %s --api %s --raft %s".formatted(id, api, raft);
    }
}
