package io.staddle.it.kit;

import io.staddle.statemachine.machine.Invariants;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.View;

import java.util.List;

/// Looks at the data of servers that have stopped.
public final class Inspection {
    private Inspection() {}

    /// Stops all servers in good order, and returns what is wrong with the state of each.
    public static List<String> violations(TestCluster cluster) {
        cluster.heal();
        cluster.nodes().forEach(ServerNode::stop);
        return cluster.nodes().stream()
                .flatMap(node -> violations(cluster, node).stream())
                .toList();
    }

    private static List<String> violations(TestCluster cluster, ServerNode node) {
        StoreIdentity identity =
                new StoreIdentity("staddle deployment " + cluster.home().getFileName());
        try (RocksStore store =
                        RocksStore.open(
                                node.data().resolve("state"),
                                Schema.TABLES,
                                identity,
                                StoreOptions.DEFAULTS);
                View view = store.view()) {
            return Invariants.violations(view).stream()
                    .map(violation -> node.id() + ": " + violation)
                    .toList();
        }
    }
}
