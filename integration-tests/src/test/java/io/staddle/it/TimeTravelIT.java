package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainFilter;
import io.staddle.api.query.Moment;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.client.GrainCursor;
import io.staddle.client.GrainDirectory;
import io.staddle.client.Held;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleRefusedException;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.CommandLine.Ran;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What was, and why, on real servers: each of them tells the same.
final class TimeTravelIT {
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final GrainId CART = GrainId.of("cart", "1");

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(
                    ClusterSettings.named("travel").inJvm("-Dstaddle.test.first-level=1"));

    private static final List<Long> INDEXES = new ArrayList<>();

    private static final List<Optional<ClusterId>> OWNERS =
            List.of(Optional.empty(), Optional.of(EU), Optional.of(US), Optional.empty());

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();

    /// A cart goes to eu, with it to us by a failover, and back to eu alone.
    @BeforeAll
    static void aStory() {
        StaddleClient client = CLUSTER.get().client();
        for (ClusterId each : List.of(EU, US)) {
            client.clusters()
                    .register(each, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                    .orThrow();
        }
        INDEXES.add(index(client));
        Directory.raiseLevel(client, 4);
        GrainDirectory grains = client.grains();
        grains.acquire(CART, EU).orThrow();
        for (int i = 2; i <= 20; i++) {
            grains.acquire(GrainId.of("cart", "" + i), EU).orThrow();
        }
        INDEXES.add(index(client));
        client.clusters(client.options().by("op").because("drill"))
                .forceFailOver(
                        new MoveId("drill"),
                        EU,
                        client.clusters().list().getFirst().cluster().fence(),
                        new Successor.ByPlacement())
                .orThrow();
        INDEXES.add(index(client));
        grains.release(new Held(CART, US, new Epoch(2))).orThrow();
        INDEXES.add(index(client));
    }

    private static long index(StaddleClient client) {
        return client.grains().lookup(CART, Consistency.LINEARIZABLE).header().index();
    }

    @Test
    void everyServerTellsWhoOwnedAGrainThen() {
        for (ServerNode node : cluster.nodes()) {
            var directory = node.api().directory(Duration.ofSeconds(10));
            for (int i = 1; i < INDEXES.size(); i++) {
                Moment then = Moment.afterEntry(INDEXES.get(i));
                LookupAnswer answer = directory.lookup(Calls.lookup(CART, Calls.asOf(then)));
                assertThat(OwnershipCodec.decode(answer.getOwnership()).owner())
                        .as("%s as of %s", node.id(), then)
                        .isEqualTo(OWNERS.get(i));
            }
        }
        assertThat(cli("grain", "lookup", "cart/1", "--as-of", at(1)).out())
                .contains("owned", "eu");
        assertThat(cli("grain", "lookup", "cart/1", "--as-of", at(2)).out())
                .contains("owned", "us");
        assertThat(cli("grain", "lookup", "cart/1").out()).contains("released");
    }

    @Test
    void epochsAndTimesAreMoments() {
        Consistency first = new Consistency.AsOf(new Moment.AtEpoch(CART, new Epoch(1)));
        Ownership was = client.grains().lookup(CART, first).value();
        assertThat(was.owner()).contains(EU);
        Moment then = new Moment.AtTime(((Ownership.Owned) was).since().atMillis());
        assertThat(client.grains(client.options().asOf(then)).lookup(CART)).isEqualTo(was);
        assertThat(cli("grain", "lookup", "cart/1", "--as-of", "epoch:1").out()).contains("eu");
        assertThat(cli("cluster", "show", "eu", "--as-of", "epoch:1").out()).contains("healthy");
        assertThat(cli("cluster", "show", "eu").out()).contains("failed");
    }

    @Test
    void listsAndCountsAreOfThen() {
        Moment moment = Moment.afterEntry(INDEXES.get(1));
        GrainDirectory then = client.grains(client.options().asOf(moment));
        try (GrainCursor of = then.list(new GrainFilter.OwnedBy(EU), Consistency.LINEARIZABLE)) {
            assertThat(of.stream().count()).isEqualTo(20);
        }
        assertThat(then.countOwnedBy(EU).getFirst().grains()).isEqualTo(20);
        assertThat(then.holdings().getFirst().holding().owner()).contains(EU);
        assertThat(client.grains().countOwnedBy(EU)).isEmpty();
        assertThat(cli("grain", "count", "--as-of", at(1)).out()).contains("eu", "20");
        assertThat(cli("grain", "holdings", "--as-of", at(1)).out())
                .contains("cart", "eu", "20")
                .doesNotContain("us");
        assertThat(cli("grain", "holdings", "--owner", "us").out()).contains("cart", "eu", "us");
        assertThat(cli("grain", "list", "--owner", "us", "--as-of", at(2)).out())
                .contains("cart/1 ", "cart/20");
        assertThat(cli("cluster", "list", "--as-of", at(1)).out()).doesNotContain("failed");
    }

    @Test
    void routingIsOfThen() {
        for (String node : List.of("n1", "n2")) {
            client.routing().registerNode(new NodeId(node), new NodeAddress("h", 1), 1).orThrow();
            client.routing().setNodeState(new NodeId(node), NodeState.ACTIVE, 1).orThrow();
        }
        List<NodeId> nodes = List.of(new NodeId("n1"), new NodeId("n2"));
        client.routing().init(new RoutingLayout(2, 1, 2, nodes)).orThrow();
        String before = "" + index(client);
        var vShard = client.routing().route("k").orElseThrow();
        client.routing()
                .assign(vShard.id(), vShard.group(), new NodeId("n2"), vShard.epoch())
                .orThrow();
        assertThat(cli("routing", "locate", "k", "--as-of", before).out()).contains("n1");
        assertThat(cli("routing", "locate", "k", "--as-of", "epoch:1").out()).contains("n1");
        assertThat(cli("routing", "locate", "k").out()).contains("n2");
        assertThat(cli("routing", "show", "--vshards", "--as-of", before).out()).contains("n1");
        assertThat(cli("diff", before).out()).contains("v_shard", "leaseholder=n1", "n2");
    }

    @Test
    void whatIsNotKeptIsRefusedAndTheOldestIsNamed() {
        Ran early = cli("grain", "lookup", "cart/1", "--as-of", at(0));
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("TRIMMED", "the oldest revision that can be asked for is");
        Refusal.Trimmed why = (Refusal.Trimmed) refusal(Moment.afterEntry(1));
        Consistency oldest = new Consistency.AsOf(new Moment.AtRevision(why.oldest()));
        assertThat(client.grains().lookup(CART, oldest).value().owner()).contains(EU);
        assertThat(refusal(Moment.afterEntry(1L << 40))).isInstanceOf(Refusal.NotYet.class);
        assertThat(cli("grain", "lookup", "cart/1", "--as-of", "yesterday").code()).isEqualTo(64);
        assertThat(cli("grain", "list", "--as-of", "epoch:1").code()).isEqualTo(64);
    }

    private Refusal refusal(Moment moment) {
        return catchThrowableOfType(
                        StaddleRefusedException.class,
                        () -> client.grains().lookup(CART, new Consistency.AsOf(moment)))
                .why();
    }

    @Test
    void aMoveOfAHoldingIsOneDifference() {
        var diff =
                client.events()
                        .diff(
                                Moment.afterEntry(INDEXES.get(1)),
                                Optional.of(Moment.afterEntry(INDEXES.get(2))),
                                100);
        assertThat(diff.grains()).isEmpty();
        assertThat(diff.holdings()).hasSize(1);
        assertThat(diff.holdings().getFirst().newest().grains()).isEqualTo(20);
        assertThat(diff.clusters()).isNotEmpty();
        Ran shown = cli("diff", at(1), at(3));
        assertThat(shown.out()).contains("holding", "owner=eu", "owner=us", "cart/1");
        assertThat(cli("-o", "json", "diff", at(1), at(3)).out()).contains("\"holdings\"");
    }

    @Test
    void explanationsNameActorReasonAndWhatWouldBeRefused() {
        Ran grain = cli("grain", "explain", "cart/2");
        assertThat(grain.out())
                .contains("us owns cart/2 in epoch 2", "granted", "holding_moved", "(op: drill)")
                .contains("FAIL_BACK", "REASSIGN", "RELEASE", "staddle grain release cart/2")
                .contains("SUCCESSOR_INELIGIBLE");
        Ran eu = cli("cluster", "explain", "eu");
        assertThat(eu.out()).contains("eu is failed", "(op: drill)", "READMISSION", "held back by");
        assertThat(cli("cluster", "explain", "us").out())
                .contains("staddle failover run us --force");
        assertThat(cli("-o", "json", "cluster", "explain", "us").out())
                .contains("\"prospects\"", "\"FAILOVER_BY_OPERATOR\"");
        assertThat(cli("cluster", "explain", "nowhere").code()).isEqualTo(2);
        assertThat(cli("migration", "explain", "nothing").err()).contains("NOT_FOUND");
    }

    @Test
    void anAuditNamesWhatClaimantsAreMistakenAbout(@TempDir Path directory) throws IOException {
        for (int i = 1; i <= 5; i++) {
            client.grains().acquire(GrainId.of("session", "" + i), US).orThrow();
        }
        String one = directory.resolve("node-1.ndjson").toString();
        String claims = cli("grain", "export", "--type", "session", "--owner", "us").out();
        Files.writeString(Path.of(one), claims);
        Ran right = cli("grain", "audit", one, "--type", "session");
        assertThat(right.code()).isZero();
        assertThat(right.err()).contains("5 claims, 5 grains", "nothing is wrong. In flight: 0");

        String seen = Long.toString(index(client));
        GrainId released = GrainId.of("session", "1");
        client.grains().release(new Held(released, US, new Epoch(1))).orThrow();
        client.grains().acquire(GrainId.of("session", "6"), US).orThrow();
        Ran early = cli("grain", "audit", one, "--type", "session", "--revision", seen);
        assertThat(early.code()).isZero();
        assertThat(early.err()).contains("nothing is wrong. In flight: 2");

        Path two = directory.resolve("node-2.ndjson");
        Files.writeString(
                two,
                """
                {"state":"claims","owner":"us","claimant":"node-2"}
                {"type":"session","key":"2","epoch":1}
                {"type":"session","key":"9","epoch":1}
                """);
        Ran wrong = cli("grain", "audit", one, two.toString(), "--type", "session");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out())
                .containsPattern("ZOMBIE +session/1 +released, epoch 1 .*node-1.ndjson: us in 1")
                .containsPattern("DOUBLE +session/2 +us in epoch 1 .*node-1.*, node-2: us in 1")
                .containsPattern("ORPHAN +session/6 +us in epoch 1")
                .containsPattern("UNKNOWN +session/9 +unknown +node-2: us in 1");
        assertThat(wrong.err())
                .contains("1 zombie, 1 orphan, 1 double, 1 unknown")
                .contains("staddle grain release session/6 --owner us --epoch 1");
        assertThat(cli("-o", "json", "grain", "audit", one, "--type", "session").out())
                .contains("\"kind\": \"KIND_ZOMBIE\"", "\"orphans\": \"1\"");
    }

    private static String at(int place) {
        return INDEXES.get(place).toString();
    }

    private Ran cli(String... words) {
        String endpoints =
                cluster.nodes().stream()
                        .map(ServerNode::endpoint)
                        .map(Object::toString)
                        .collect(Collectors.joining(","));
        return CommandLine.run(words, "--endpoints", endpoints);
    }
}
