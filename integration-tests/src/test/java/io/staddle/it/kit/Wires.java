package io.staddle.it.kit;

import io.staddle.client.Endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The network between the servers of a cluster: a [Wire] from each server to each port of each
/// other one. Clients reach all servers without it, but for one thing: a server that does not lead
/// tells them its own way to the leader.
public final class Wires implements AutoCloseable {
    private final List<Link> links = new ArrayList<>();

    private record Link(String from, String to, Wire wire) {
        boolean isOf(ServerNode node) {
            return from.equals(node.id()) || to.equals(node.id());
        }
    }

    Wires() {}

    /// Cuts a server off from all others.
    public void cut(ServerNode node) {
        links.stream().filter(link -> link.isOf(node)).forEach(link -> link.wire().cut(true));
    }

    /// Lets everybody talk to everybody.
    public void heal() {
        links.forEach(link -> link.wire().cut(false));
    }

    @Override
    public void close() {
        for (Link link : links) {
            try {
                link.wire().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Returns where `from` is to call in order to reach the port `end` of `to`.
    Endpoint lay(String from, String to, Endpoint end) throws IOException {
        Endpoint beginning = new Endpoint(end.host(), Ports.free());
        links.add(new Link(from, to, new Wire(beginning.port(), end.port())));
        return beginning;
    }
}
