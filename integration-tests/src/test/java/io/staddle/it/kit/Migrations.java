package io.staddle.it.kit;

import static org.awaitility.Awaitility.await;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Nodes and groups to migrate between, and how far it has got while servers come and go.
public final class Migrations {
    private Migrations() {}

    /// Registers nodes that say nothing by themselves, and lets them serve.
    public static void register(StaddleClient client, List<NodeId> nodes) {
        NodeAddress nowhere = new NodeAddress("127.0.0.1", 9_000);
        nodes.forEach(node -> client.routing().registerNode(node, nowhere, 1).orThrow());
        activate(client);
    }

    /// Lets all nodes serve.
    public static void activate(StaddleClient client) {
        for (NodeRecord node : client.routing().nodes()) {
            client.routing().setNodeState(node.id(), NodeState.ACTIVE, node.version()).orThrow();
        }
    }

    /// Returns a group as it is now.
    public static GroupRecord group(StaddleClient client, GroupId id) {
        return client.routing().all().groups().stream()
                .filter(group -> group.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// Returns how far one is; empty if nobody says so now.
    public static Optional<MigrationRecord> now(StaddleClient client, MigrationId id) {
        try {
            return Optional.of(client.migrations().show(id).migration());
        } catch (StaddleException leaderIsAway) {
            return Optional.empty();
        }
    }

    /// Waits until one is over, and the data plane knows.
    public static MigrationRecord awaitEnd(
            StaddleClient client, MigrationId id, Duration patience) {
        return await("the end of " + id)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () ->
                                now(client, id)
                                        .filter(each -> each.phase().isFinished() && each.fenced()),
                        Optional::isPresent)
                .orElseThrow();
    }
}
