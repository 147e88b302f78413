package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.server.config.ServerAddress;

/// A change of who is in the quorum. Repeated it changes nothing.
public sealed interface MemberChange {
    /// Returns whom it is about.
    ServerId server();

    /// A server that runs is to listen: it gets the log, and does not count.
    record Add(ServerAddress address) implements MemberChange {
        @Override
        public ServerId server() {
            return address.id();
        }
    }

    /// A server that listens is to count.
    record Promote(ServerId server) implements MemberChange {}

    /// A server is to go.
    record Remove(ServerId server) implements MemberChange {}

    /// A server is to be preferred as the leader, by a number.
    record Prefer(ServerId server, int priority) implements MemberChange {}
}
