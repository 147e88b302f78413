package io.staddle.server.raft;

import io.staddle.server.config.ServerAddress;
import io.staddle.server.peer.PeerChannels;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The links to other servers, each made when it is first needed.
final class Links implements AutoCloseable {
    private final PeerChannels channels;
    private final String deployment;
    private final Map<ServerAddress, PeerLink> links = new ConcurrentHashMap<>();

    Links(PeerChannels channels, String deployment) {
        this.channels = channels;
        this.deployment = deployment;
    }

    PeerLink to(ServerAddress other) {
        return links.computeIfAbsent(
                other, address -> new PeerLink(channels.to(address), deployment));
    }

    @Override
    public void close() {
        channels.close();
    }
}
