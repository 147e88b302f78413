package io.staddle.it.kit;

import io.staddle.client.StaddleClient;

/// A deployment that has been in use: there are closed segments of the log and files of tables.
public final class Worn {
    /// The type of the grains that [Directory#EU] owns then.
    public static final String TYPE = "kept";

    private static final int GRAINS = 2_000;

    private Worn() {}

    /// Writes, with changes of the leader, by which a segment of the log ends.
    public static void wear(TestCluster cluster) {
        StaddleClient client = cluster.client();
        Directory.register(client);
        Directory.acquireAll(client, Directory.grains(TYPE, GRAINS), Directory.EU);
        changeLeader(cluster);
        Directory.acquireAll(client, Directory.grains(TYPE + "-too", GRAINS), Directory.EU);
        changeLeader(cluster);
        cluster.awaitEqualDigests();
    }

    private static void changeLeader(TestCluster cluster) {
        ServerNode next = cluster.awaitFollowers().getFirst();
        cluster.handOverTo(next);
        cluster.awaitReady();
    }
}
