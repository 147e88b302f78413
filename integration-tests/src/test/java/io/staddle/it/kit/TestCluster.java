package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.ServerId;
import io.staddle.api.v1.DigestAnswer;
import io.staddle.api.v1.ServerDescription;
import io.staddle.client.Endpoint;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import org.apache.ratis.util.FileUtils;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Three server processes on loopback, with their data below `target/clusters`.
///
/// Not safe for threads, apart from [#leader], [#client] and the calls of a server's API.
public final class TestCluster implements AutoCloseable {
    private static final int SIZE = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOG_LINES = 40;

    // Two classes at a time, of three servers each, share what the machine has.
    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    private final Path home;
    private final List<ServerNode> nodes;
    private final Wires wires;
    private final StaddleClient client;

    private TestCluster(Path home, List<ServerNode> nodes, Wires wires) {
        this.home = home;
        this.nodes = nodes;
        this.wires = wires;
        client = client(Duration.ofSeconds(20));
    }

    /// Formats and starts three servers, and waits until all of them serve.
    public static TestCluster start(ClusterSettings settings) {
        TestCluster cluster = create(settings);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.report();
            cluster.stopAll();
            throw e;
        }
    }

    /// Prepares three servers that have no data directory yet.
    public static TestCluster create(ClusterSettings settings) {
        try {
            Path parent =
                    Distribution.root().resolve("integration-tests").resolve("target/clusters");
            Files.createDirectories(parent);
            Path home = Files.createTempDirectory(parent, settings.name() + "-");
            Wires wires = new Wires();
            return new TestCluster(home, ClusterFiles.write(home, SIZE, settings, wires), wires);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Formats and starts all servers, and waits until all of them serve.
    public void startAll() {
        nodes.forEach(ServerNode::format);
        nodes.forEach(ServerNode::start);
        awaitReady();
    }

    /// Prepares one more server, with a data directory, that is not in the quorum. The caller
    /// closes it.
    public ServerNode oneMore(String id) {
        try {
            ServerNode more =
                    ClusterFiles.writeOneMore(home, id, nodes.getFirst().config().servers());
            more.format();
            return more;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the directory with the files of all servers.
    public Path home() {
        return home;
    }

    /// Returns all servers.
    public List<ServerNode> nodes() {
        return nodes;
    }

    /// Returns the network between the servers; nothing of it can be cut unless the settings asked
    /// for wires.
    public Wires wires() {
        return wires;
    }

    /// Returns a client with a deadline of 20 s. It belongs to the cluster.
    public StaddleClient client() {
        return client;
    }

    /// Returns another client, which the caller closes.
    public StaddleClient client(Duration deadline) {
        return client(nodes, deadline);
    }

    /// Returns a client that knows some servers only, until they tell it of others. The caller
    /// closes it.
    public static StaddleClient client(List<ServerNode> known, Duration deadline) {
        return StaddleClient.builder()
                .endpoints(endpoints(known))
                .deadline(deadline)
                .actor("integration-tests")
                .build();
    }

    /// Returns where all servers listen for clients, as the command line and the client take it.
    public String endpoints() {
        return endpoints(nodes);
    }

    private static String endpoints(List<ServerNode> known) {
        return known.stream()
                .map(ServerNode::endpoint)
                .map(Endpoint::toString)
                .collect(Collectors.joining(","));
    }

    /// Returns the server that leads and can serve, if one of those that move says so now.
    public Optional<ServerNode> leader() {
        return leaderOf(nodes.stream().filter(ServerNode::isMoving).toList());
    }

    /// Returns the server that leads, once there is one.
    public ServerNode awaitLeader() {
        return patience("a leader").until(this::leader, Optional::isPresent).orElseThrow();
    }

    /// Returns the server that leads, once there is one and it is not `other`.
    public ServerNode awaitLeaderOtherThan(ServerNode other) {
        List<ServerNode> rest = nodes.stream().filter(node -> node != other).toList();
        return patience("a leader other than " + other.id())
                .until(() -> leaderOf(rest), Optional::isPresent)
                .orElseThrow();
    }

    /// Has a server lead, and waits until it does.
    public void handOverTo(ServerNode next) {
        ServerId id = new ServerId(next.id());
        patience("leadership of " + id)
                .ignoreExceptionsInstanceOf(StaddleException.class)
                .until(() -> {
                    client.servers().transferLeadership(id);
                    return leader().filter(next::equals).isPresent();
                });
    }

    /// Returns the servers that follow a leader, once there is one.
    public List<ServerNode> awaitFollowers() {
        ServerNode leader = awaitLeader();
        return nodes.stream().filter(node -> node != leader).toList();
    }

    /// Mends what is cut, resumes what is paused, starts what has ended, and waits until all three
    /// serve.
    public void heal() {
        wires.heal();
        nodes.forEach(ServerNode::resume);
        nodes.forEach(ServerNode::start);
        awaitReady();
    }

    /// Waits until all three serve and the quorum knows them.
    public void awaitReady() {
        patience("all servers ready")
                .until(
                        () -> nodes.stream().map(TestCluster::describe).toList(),
                        answers ->
                                answers.stream()
                                        .allMatch(answer ->
                                                answer.filter(TestCluster::isSettled).isPresent()));
    }

    private static Optional<ServerDescription> describe(ServerNode node) {
        if (!node.isRunning()) {
            throw new IllegalStateException(node + " has ended instead of serving");
        }
        return node.api().describe();
    }

    /// Waits until all three are at the same index, and asserts that their states are equal.
    ///
    /// @return the digest of each
    public List<DigestAnswer> awaitEqualDigests() {
        List<DigestAnswer> digests =
                patience("all servers at one index")
                        .until(
                                this::digests,
                                answers ->
                                        answers.size() == nodes.size()
                                                && answers.stream()
                                                                .map(DigestAnswer::getIndex)
                                                                .distinct()
                                                                .count()
                                                        == 1);
        assertThat(digests)
                .as("one index, one digest")
                .extracting(DigestAnswer::getDigest)
                .containsOnly(digests.getFirst().getDigest());
        return digests;
    }

    /// Prints the end of each server's log.
    public void report() {
        for (ServerNode node : nodes) {
            List<String> lines = node.log().lines().toList();
            int first = Math.max(0, lines.size() - LOG_LINES);
            System.err.printf("---- %s (running: %s)%n", node, node.isRunning());
            lines.subList(first, lines.size()).forEach(System.err::println);
        }
        System.err.println("---- kept in " + home);
    }

    /// Ends all processes and keeps their files.
    public void stopAll() {
        client.close();
        nodes.forEach(ServerNode::close);
        wires.close();
    }

    /// Ends all processes and deletes their files.
    @Override
    public void close() {
        stopAll();
        try {
            FileUtils.deleteFully(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<DigestAnswer> digests() {
        List<DigestAnswer> answers = new ArrayList<>();
        nodes.forEach(node -> node.api().digest().ifPresent(answers::add));
        return answers;
    }

    private static Optional<ServerNode> leaderOf(List<ServerNode> asked) {
        return asked.stream()
                .filter(node -> node.api().describe().filter(TestCluster::leads).isPresent())
                .findFirst();
    }

    private static boolean leads(ServerDescription server) {
        return server.getReady() && server.getRole().equals("leader");
    }

    private static boolean isSettled(ServerDescription server) {
        return server.getReady() && server.getAdmittedCount() == SIZE;
    }

    private static ConditionFactory patience(String what) {
        return await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50));
    }
}
