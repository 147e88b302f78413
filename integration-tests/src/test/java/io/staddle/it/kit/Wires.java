package io.staddle.it.kit;

import io.staddle.client.Endpoint;
import io.staddle.testkit.Links;
import io.staddle.testkit.Wire;

import java.io.IOException;

/// The network between the servers of a cluster: a [Wire] from each server to each port of each
/// other one. Clients reach all servers without it, but for one thing: a server that does not lead
/// tells them its own way to the leader.
public final class Wires implements AutoCloseable {
    private final Links links = new Links();

    Wires() {}

    /// Cuts a server off from all others.
    public void cut(ServerNode node) {
        links.cut((from, to) -> from.equals(node.id()) || to.equals(node.id()));
    }

    /// Lets everybody talk to everybody.
    public void heal() {
        links.heal();
    }

    @Override
    public void close() {
        links.close();
    }

    /// Returns where `from` is to call in order to reach the port `end` of `to`.
    Endpoint lay(String from, String to, Endpoint end) throws IOException {
        Endpoint beginning = new Endpoint(end.host(), Ports.free());
        links.add(from, to, new Wire(beginning.port(), end.port()));
        return beginning;
    }
}
