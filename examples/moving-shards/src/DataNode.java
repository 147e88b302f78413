import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.VShardRecord;
import io.staddle.client.RoutingCache;
import io.staddle.client.RoutingTable;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.migration.MigrationAgent;
import io.staddle.client.migration.Serving;
import io.staddle.dataplane.ratis.RatisDataPlane;
import io.staddle.dataplane.ratis.RatisNode;
import io.staddle.dataplane.ratis.WriteOutcome;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A node of the store: replicas of groups on Ratis, the agent that moves their vShards, and a port
/// for callers.
///
/// It keeps no list of what it serves. A write names the vShard and the epoch that its caller
/// knows; the group decides, where the log orders it, whether this node serves the vShard in that
/// epoch.
final class DataNode {
    /// Where Ratis of each node listens, from a base.
    private static final Map<String, Integer> RAFT = Map.of("n1", 0, "n2", 1, "n3", 2, "n4", 100);

    private final NodeId self;
    private final RatisDataPlane plane;
    private final RoutingCache routing;

    private DataNode(NodeId self, RatisDataPlane plane, RoutingCache routing) {
        this.self = self;
        this.plane = plane;
        this.routing = routing;
    }

    /// `DataNode NAME DIRECTORY BASE_PORT`; runs until it is killed.
    public static void main(String[] args) throws Exception {
        NodeId self = new NodeId(args[0]);
        Path directory = Path.of(args[1]);
        Map<NodeId, NodeAddress> raft = new TreeMap<>();
        RAFT.forEach((node, offset) ->
                raft.put(
                        new NodeId(node),
                        new NodeAddress("127.0.0.1", Integer.parseInt(args[2]) + offset)));
        StaddleClient client =
                StaddleClient.builder()
                        .endpoints(System.getenv("STADDLE_ENDPOINTS"))
                        .actor(self.value())
                        .build();
        RatisDataPlane plane =
                RatisDataPlane.start(
                        new RatisNode(
                                "moving-shards",
                                self,
                                directory.resolve(self + ".data"),
                                () -> raft,
                                Duration.ofMillis(600)),
                        group -> new CounterStore());
        DataNode node = new DataNode(self, plane, client.routingCache());
        Path portFile = directory.resolve(self + ".port");
        LineServer server = LineServer.start(portFile, node::answer);
        int port = Integer.parseInt(Files.readString(portFile));
        MigrationAgent agent =
                MigrationAgent.of(client, self, new NodeAddress("127.0.0.1", port), plane)
                        .beatEvery(Duration.ofMillis(300))
                        .start();
        System.out.println(self + " runs in incarnation " + agent.incarnation());
        node.follow();
        server.close();
    }

    /// Does what the routing table says beside migrations: makes the replicas that groups begin
    /// with, and lets the first holder of a vShard serve it.
    private void follow() throws InterruptedException {
        while (true) {
            try {
                RoutingTable table = routing.refresh();
                table.groups().values().forEach(this::host);
                table.vShards().values().forEach(this::serve);
            } catch (StaddleException | UncheckedIOException away) {
                // The next round asks again.
            }
            Thread.sleep(500);
        }
    }

    private void host(GroupRecord group) {
        boolean isNew = group.configVersion() == 1;
        if (isNew && group.voters().contains(self)) {
            plane.host(group.id(), group.voters());
        }
    }

    private void serve(VShardRecord vShard) {
        boolean isOurs =
                vShard.leaseholder().equals(self) && vShard.engagement() instanceof Engagement.Free;
        Optional<Serving> known = plane.serving(vShard.group(), vShard.id());
        if (isOurs && known.filter(each -> isBefore(each.epoch(), vShard)).isPresent()) {
            plane.serve(vShard.group(), vShard.id(), new Serving(self, vShard.epoch()));
        }
    }

    private static boolean isBefore(Epoch epoch, VShardRecord vShard) {
        return epoch.compareTo(vShard.epoch()) < 0;
    }

    private String answer(String line) {
        String[] words = line.split(" ");
        return switch (words[0]) {
            case "put" -> put(words);
            case "dump" -> dump(new GroupId(Integer.parseInt(words[1])));
            default -> "malformed";
        };
    }

    /// `put GROUP VSHARD EPOCH KEY NUMBER`
    private String put(String[] words) {
        Serving as = new Serving(self, new Epoch(Long.parseLong(words[3])));
        String payload = String.join(" ", self.value(), words[3], words[4], words[5]);
        WriteOutcome outcome =
                plane.write(
                        new GroupId(Integer.parseInt(words[1])),
                        new VShardId(Integer.parseInt(words[2])),
                        as,
                        ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)));
        return switch (outcome) {
            case WriteOutcome.Written written ->
                    StandardCharsets.UTF_8.decode(written.result()).toString();
            case WriteOutcome.Paused paused -> "paused";
            case WriteOutcome.NotServed not -> "moved";
            case WriteOutcome.Unknown unknown -> "unknown " + unknown.why().replace('\n', ' ');
        };
    }

    /// Members and data of a replica; `none` if there is none.
    private String dump(GroupId group) {
        return plane.members(group)
                .flatMap(members ->
                        plane.read(group, store -> ((CounterStore) store).dump())
                                .map(data ->
                                        members.voters() + ";" + members.learners() + ";" + data))
                .map(text -> text.replace(", ", ","))
                .orElse("none");
    }
}
