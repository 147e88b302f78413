package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.tls.Deputies;

import java.util.Optional;
import java.util.function.Supplier;

/// The servers that are in the quorum by what is in this server's log, and the one that it is
/// adding because an operator asked for that: Ratis talks to it before it is in the log.
///
/// @param beingAdded is empty again once that is over
record LetIn(Rosters rosters, Supplier<Optional<ServerAddress>> beingAdded) implements Deputies {
    @Override
    public boolean has(ServerId server) {
        return rosters.now().find(server).isPresent()
                || beingAdded.get().filter(each -> each.id().equals(server)).isPresent();
    }

    @Override
    public Optional<ServerId> at(String hostPort) {
        return rosters.at(hostPort)
                .or(() ->
                        beingAdded
                                .get()
                                .filter(each -> each.raft().toString().equals(hostPort))
                                .map(ServerAddress::id));
    }
}
