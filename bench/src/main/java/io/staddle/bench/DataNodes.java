package io.staddle.bench;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.VShardRecord;
import io.staddle.client.StaddleClient;
import io.staddle.client.migration.MigrationAgent;
import io.staddle.client.migration.Serving;
import io.staddle.dataplane.ratis.RatisDataPlane;
import io.staddle.dataplane.ratis.RatisNode;
import io.staddle.dataplane.ratis.ShardStore;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Four data nodes with Ratis and an agent each, in this process.
final class DataNodes implements AutoCloseable {
    static final List<NodeId> NAMES =
            List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"), new NodeId("n4"));
    static final GroupId GROUP = new GroupId(1);
    private static final int PORTS_FROM = 10;

    private final StaddleClient client;
    private final Map<NodeId, RatisDataPlane> planes = new ConcurrentHashMap<>();
    private final List<MigrationAgent> agents = new ArrayList<>();

    private DataNodes(StaddleClient client) {
        this.client = client;
    }

    static DataNodes start(Options options, StaddleClient client) {
        DataNodes nodes = new DataNodes(client);
        Map<NodeId, NodeAddress> addresses = new TreeMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            addresses.put(
                    NAMES.get(i),
                    new NodeAddress("127.0.0.1", options.basePort() + PORTS_FROM + i));
        }
        for (NodeId name : NAMES) {
            try {
                RatisDataPlane plane =
                        RatisDataPlane.start(
                                new RatisNode(
                                        "bench",
                                        name,
                                        options.work().resolve("node-" + name),
                                        () -> addresses,
                                        Duration.ofMillis(500)),
                                group -> new Counts());
                nodes.planes.put(name, plane);
                nodes.agents.add(
                        MigrationAgent.of(client, name, plane(addresses, name), plane).start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return nodes;
    }

    private static NodeAddress plane(Map<NodeId, NodeAddress> addresses, NodeId name) {
        return addresses.getOrDefault(name, new NodeAddress("127.0.0.1", 1));
    }

    /// Makes the group, and lets its first holder serve the vShard.
    void host() {
        NAMES.subList(0, 3).forEach(name -> at(name).host(GROUP, NAMES.subList(0, 3)));
        VShardRecord vShard = client.routing().all().vShards().getFirst();
        Serving first = new Serving(vShard.leaseholder(), vShard.epoch());
        boolean serves = false;
        while (!serves) {
            try {
                at(vShard.leaseholder()).serve(GROUP, vShard.id(), first);
                serves = true;
            } catch (UncheckedIOException noLeader) {
                Deployment.sleepMillis(50);
            }
        }
    }

    RatisDataPlane at(NodeId name) {
        RatisDataPlane plane = planes.get(name);
        if (plane == null) {
            throw new IllegalArgumentException("one of " + NAMES + " was expected: " + name);
        }
        return plane;
    }

    @Override
    public void close() {
        agents.forEach(MigrationAgent::close);
        planes.values().forEach(RatisDataPlane::close);
    }

    /// Counts the writes of each writer, and those that were repeated or came out of order.
    static final class Counts implements ShardStore {
        private final Map<Integer, Long> last = new TreeMap<>();
        private long repeated;
        private long gaps;

        @Override
        public ByteBuffer apply(VShardId vShard, ByteBuffer payload) {
            int writer = payload.getInt();
            long number = payload.getLong();
            long before = last.getOrDefault(writer, 0L);
            if (number <= before) {
                repeated++;
            } else {
                gaps += number - before - 1;
                last.put(writer, number);
            }
            return ByteBuffer.allocate(0);
        }

        long last(int writer) {
            return last.getOrDefault(writer, 0L);
        }

        long repeated() {
            return repeated;
        }

        long gaps() {
            return gaps;
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeLong(repeated);
            out.writeLong(gaps);
            out.writeInt(last.size());
            for (Map.Entry<Integer, Long> each : last.entrySet()) {
                out.writeInt(each.getKey());
                out.writeLong(each.getValue());
            }
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            repeated = in.readLong();
            gaps = in.readLong();
            last.clear();
            for (int left = in.readInt(); left > 0; left--) {
                last.put(in.readInt(), in.readLong());
            }
        }
    }
}
