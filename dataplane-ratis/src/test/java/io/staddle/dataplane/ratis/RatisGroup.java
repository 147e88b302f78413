package io.staddle.dataplane.ratis;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.client.conformance.DataPlaneUnderTest;
import io.staddle.client.conformance.Members;
import io.staddle.client.migration.MigrationDataPlane;
import io.staddle.client.migration.Serving;

import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A group of its own for each test, on servers that all tests share.
final class RatisGroup implements DataPlaneUnderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RatisNodes nodes;
    private final GroupId group;

    RatisGroup(RatisNodes nodes) {
        this.nodes = nodes;
        group = nodes.newGroup();
        leader();
        for (VShardId vShard : List.of(vShard(), otherVShard())) {
            Serving first = new Serving(source(), Epoch.NONE.next());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .ignoreExceptions()
                    .until(() -> {
                        nodes.at(source()).serve(group, vShard, first);
                        return true;
                    });
        }
    }

    @Override
    public GroupId group() {
        return group;
    }

    @Override
    public VShardId vShard() {
        return new VShardId(1);
    }

    @Override
    public VShardId otherVShard() {
        return new VShardId(2);
    }

    @Override
    public NodeId source() {
        return RatisNodes.A;
    }

    @Override
    public NodeId voter() {
        return RatisNodes.B;
    }

    @Override
    public NodeId target() {
        return RatisNodes.D;
    }

    @Override
    public MigrationDataPlane at(NodeId node) {
        return nodes.at(node);
    }

    @Override
    public Members members() {
        Configuration found = Peers.members(division(leader()).orElseThrow().getRaftConf());
        return new Members(found.voters(), found.learners());
    }

    @Override
    public NodeId leader() {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> nodes.running().stream().filter(this::leads).findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void changeLeader() {
        NodeId before = leader();
        NodeId next = before.equals(RatisNodes.B) ? RatisNodes.C : RatisNodes.B;
        GroupCalls calls = nodes.at(before).replicas().calls(group);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        calls.server()
                                .transferLeadership(
                                        new TransferLeadershipRequest(
                                                calls.clientId(),
                                                calls.server().getId(),
                                                calls.raftGroup(),
                                                calls.nextCall(),
                                                Peers.id(next),
                                                3_000))
                                .isSuccess());
        Awaitility.await().atMost(PATIENCE).until(() -> leader().equals(next));
    }

    @Override
    public boolean write(VShardId vShard, Serving as, String value) {
        ByteBuffer payload = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
        return nodes.at(as.holder()).write(group, vShard, as, payload)
                instanceof WriteOutcome.Written;
    }

    @Override
    public List<String> written(VShardId vShard, NodeId at) {
        return nodes.at(at)
                .read(group, store -> ((TextStore) store).of(vShard))
                .orElseGet(List::of);
    }

    @Override
    public void close() {
        // Its replicas end with the servers: to end each of them takes a second.
    }

    private boolean leads(NodeId node) {
        return division(node)
                .filter(each -> each.getInfo().isLeader() && each.getInfo().isLeaderReady())
                .isPresent();
    }

    Optional<RaftServer.Division> division(NodeId node) {
        try {
            return Optional.of(nodes.at(node).replicas().calls(group).division());
        } catch (IOException noReplica) {
            return Optional.empty();
        }
    }
}
