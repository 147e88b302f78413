package io.staddle.it;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.v1.ServerDescription;
import io.staddle.it.kit.Callers;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.CommandLine.Ran;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.OlderBuild;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A deployment is upgraded, and moves to other servers, one at a time and under load, as
/// `docs/operations.md` tells. No call of the client library fails.
final class MembersIT {
    private static final int OLDER_LEVEL = 6;
    private static final int LEVEL = 7;

    /// One after the other on the same servers, of which each start costs.
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void anUpgradeAndServersThatJoinAndLeaveFailNoCall() {
        try (TestCluster cluster = TestCluster.create(ClusterSettings.named("members"));
                ServerNode more = cluster.oneMore("s4")) {
            String older = OlderBuild.classPath(OLDER_LEVEL, cluster.home().resolve("older"));
            cluster.nodes().forEach(ServerNode::format);
            cluster.nodes().forEach(node -> node.start(older));
            cluster.awaitReady();
            aRollingUpgradeFailsNoCallAndTheLevelWaitsForTheLastServer(cluster);
            aServerJoinsAndTheLeaderLeavesUnderLoad(cluster, more);
        }
    }

    private static void aRollingUpgradeFailsNoCallAndTheLevelWaitsForTheLastServer(
            TestCluster cluster) {
        assertThat(level(cluster)).isLessThan(LEVEL);
        Directory.register(cluster.client());
        try (Callers callers = Callers.start(cluster, "upgrade")) {
            awaitMore(callers);
            upgrade(cluster, callers);
            System.err.println("rolling upgrade: " + callers.summary());
            assertThat(callers.failures()).isEmpty();
        }
        Directory.raiseLevel(cluster.client(), LEVEL);
        cluster.awaitEqualDigests();
        assertThat(level(cluster)).isEqualTo(LEVEL);
    }

    private static void upgrade(TestCluster cluster, Callers callers) {
        List<ServerNode> left = new ArrayList<>(cluster.nodes());
        // The leader first: it hands over.
        ServerNode leader = cluster.awaitLeader();
        left.remove(leader);
        left.addFirst(leader);
        while (!left.isEmpty()) {
            ServerNode next = left.removeFirst();
            assertThat(next.stop()).as("exit code").isZero();
            next.start();
            cluster.awaitReady();
            awaitMore(callers);
            if (left.size() == 1) {
                refusesTheLevel(cluster, next, left.getFirst());
            }
        }
    }

    /// One server does not have it yet.
    private static void refusesTheLevel(TestCluster cluster, ServerNode upgraded, ServerNode old) {
        cluster.handOverTo(upgraded);
        await("it is known what each server has")
                .untilAsserted(() -> {
                    Ran ran = cli(cluster, "config", "raise-level", Integer.toString(LEVEL));
                    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
                    assertThat(ran.err()).contains("SERVER_TOO_OLD", "server \"" + old.id() + "\"");
                });
    }

    private static void aServerJoinsAndTheLeaderLeavesUnderLoad(
            TestCluster cluster, ServerNode more) {
        try (Callers callers = Callers.start(cluster, "members")) {
            awaitMore(callers);
            more.start();
            joins(cluster, more);
            ServerNode gone = cluster.awaitLeader();
            leaves(cluster, gone);
            comesBack(cluster, more);
            awaitMore(callers);
            System.err.println("one joined, one left: " + callers.summary());
            assertThat(callers.failures()).isEmpty();
            countsWithoutAnother(cluster, more, gone);
            awaitMore(callers);
        }
    }

    private static void joins(TestCluster cluster, ServerNode more) {
        String[] add = {
            "server",
            "add",
            more.id(),
            "--api",
            more.endpoint().toString(),
            "--raft",
            more.config().self().raft().toString(),
            "--yes",
            "--actor",
            "ann",
            "--reason",
            "more room"
        };
        await("it runs").until(() -> more.api().describe().isPresent());
        Ran ran = cli(cluster, add);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains("Now there are 3 that vote, of which 2 are needed; then 4 that vote");
        assertThat(ran.out().lines()).anyMatch(line -> line.matches("s4 .* yes .*"));
        assertThat(cli(cluster, add).code()).as("again").isZero();
        assertThat(told(cluster, "members_changed"))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .contains("server=s4", "kind=PROMOTED", "ann", "more room");
        assertThat(told(cluster, "server_admitted"))
                .as("by whoever adds it, and not by itself as the others")
                .anyMatch(line -> line.contains("server=s4") && line.contains("more room"));
        await("it follows")
                .until(() ->
                        more.api()
                                .describe()
                                .filter(ServerDescription::getReady)
                                .filter(server -> server.getMembersCount() == 4)
                                .isPresent());
    }

    private static void leaves(TestCluster cluster, ServerNode gone) {
        long logged = gone.log().length();
        Ran ran = cli(cluster, "server", "remove", gone.id(), "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        ServerNode.End end = gone.awaitEnd(logged);
        assertThat(end.exitCode()).as(end.log()).isEqualTo(ServerNode.DATA_REFUSED);
        assertThat(end.log()).contains("is not in the quorum any more", "staddle server add");
        assertThat(cli(cluster, "server", "remove", gone.id(), "--yes").code()).isZero();
        assertThat(told(cluster, "members_changed"))
                .hasSize(2)
                .last(as(InstanceOfAssertFactories.STRING))
                .contains("server=" + gone.id(), "kind=REMOVED");
    }

    private static List<String> told(TestCluster cluster, String kind) {
        return cli(cluster, "events", "list", "--kind", kind).out().lines().skip(1).toList();
    }

    /// Nothing but the log says that it is in the quorum.
    private static void comesBack(TestCluster cluster, ServerNode more) {
        assertThat(more.stop()).isZero();
        more.start();
        await("it is back")
                .until(() -> more.api().describe().filter(ServerDescription::getReady).isPresent());
        assertThat(cli(cluster, "server", "list").out()).contains("s4");
    }

    /// Of three that vote then, one more is down: the one that joined is needed.
    private static void countsWithoutAnother(
            TestCluster cluster, ServerNode more, ServerNode gone) {
        ServerNode down =
                cluster.nodes().stream().filter(node -> node != gone).findFirst().orElseThrow();
        down.kill();
        String[] remove = {"server", "remove", more.id(), "--yes"};
        Ran ran = await("a leader").until(() -> cli(cluster, remove), each -> each.code() != 3);
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains("UNSAFE_MEMBERSHIP", "staddle server list");
        Directory.acquireAll(cluster.client(), Directory.grains("after", 10), Directory.EU);
    }

    private static void awaitMore(Callers callers) {
        int before = callers.answered();
        await("more calls").until(() -> callers.answered() > before + 20);
    }

    private static int level(TestCluster cluster) {
        return cluster.client().servers().config().featureLevel();
    }

    private static Ran cli(TestCluster cluster, String... words) {
        return CommandLine.run(words, "--endpoints", cluster.endpoints(), "--timeout", "20s");
    }
}
