package io.staddle.dataplane.ratis;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Four nodes with real Ratis servers on loopback, in one process.
final class RatisNodes implements AutoCloseable {
    static final NodeId A = new NodeId("a");
    static final NodeId B = new NodeId("b");
    static final NodeId C = new NodeId("c");
    static final NodeId D = new NodeId("d");
    private static final Duration ELECTION = Duration.ofMillis(200);

    private final Path directory;
    private final Map<NodeId, NodeAddress> addresses = new TreeMap<>();
    private final Map<NodeId, RatisDataPlane> planes = new ConcurrentHashMap<>();
    private final Map<NodeId, Runnable> beforeChange = new ConcurrentHashMap<>();
    private final AtomicInteger groups = new AtomicInteger();
    private volatile Runnable whileSaved = () -> {};

    RatisNodes(Path directory) throws IOException {
        this.directory = directory;
        for (NodeId node : List.of(A, B, C, D)) {
            addresses.put(node, new NodeAddress("127.0.0.1", freePort()));
        }
        for (NodeId node : addresses.keySet()) {
            start(node);
        }
    }

    /// Makes a group on the first three nodes.
    GroupId newGroup() {
        GroupId group = new GroupId(groups.incrementAndGet());
        for (NodeId node : List.of(A, B, C)) {
            at(node).host(group, List.of(A, B, C));
        }
        return group;
    }

    RatisDataPlane at(NodeId node) {
        RatisDataPlane plane = planes.get(node);
        if (plane == null) {
            throw new IllegalStateException(node + " does not run");
        }
        return plane;
    }

    List<NodeId> running() {
        return List.copyOf(planes.keySet());
    }

    /// Has something run on a node before each change of members that it asks of Ratis.
    void beforeChange(NodeId node, Runnable action) {
        beforeChange.put(node, action);
    }

    /// Has something run in the middle of each snapshot.
    void whileSaved(Runnable action) {
        whileSaved = action;
    }

    void stop(NodeId node) {
        RatisDataPlane plane = planes.remove(node);
        if (plane != null) {
            plane.close();
        }
    }

    void start(NodeId node) throws IOException {
        planes.put(
                node,
                RatisDataPlane.start(
                        new RatisNode(
                                "test",
                                node,
                                directory.resolve(node.value()),
                                () -> addresses,
                                ELECTION),
                        group -> new TextStore(() -> whileSaved.run()),
                        () -> beforeChange.getOrDefault(node, () -> {}).run()));
    }

    @Override
    public void close() {
        planes.keySet().forEach(this::stop);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
