package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;

import io.staddle.api.command.BarrierCommand.BeginBarrier;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.Token;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Participation;
import io.staddle.api.model.RoutingLayout;
import io.staddle.client.ReplayDraft;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.Browser;
import io.staddle.testkit.EmbeddedStaddle;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The web console in a real browser, at a server that does not lead.
///
/// With `-Dstaddle.test.pictures=DIRECTORY` each page is pictured there, light, dark and narrow.
final class ConsoleIT {
    private static final ClusterId EU = new ClusterId("eu-1");
    private static final ClusterId US = new ClusterId("us-1");

    /// The one that is failed over.
    private static final ClusterId AP = new ClusterId("ap-1");

    /// Has nothing to do, and is drained.
    private static final NodeId SPARE = new NodeId("n4");

    private static final ScopeId SCOPE = new ScopeId("orders");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir static Path directory;
    private static EmbeddedStaddle staddle;
    private static Optional<Browser> opened = Optional.empty();
    private static Optional<EmbeddedStaddle> started = Optional.empty();
    private static ServerId server;
    private static String console;

    private Browser browser;

    @BeforeAll
    static void aDeploymentThatHasOneOfEach() throws IOException {
        opened = Browser.open(directory);
        if (opened.isEmpty()) {
            System.err.println("NOT TESTED: the web console. No chromium with its chromedriver.");
        }
        Assumptions.assumeTrue(opened.isPresent(), "no browser");
        staddle = EmbeddedStaddle.start(3);
        started = Optional.of(staddle);
        StaddleClient client = staddle.client();
        // Nobody beats here.
        String anHour = "3600000";
        staddle.configure(
                Map.of("health.suspect-after-millis", anHour, "node.suspect-after-millis", anHour));
        for (ClusterId each : List.of(EU, US, AP)) {
            ClusterProfile profile = new ClusterProfile(each.value().substring(0, 2), "", 0, true);
            client.clusters().register(each, profile, ClusterState.HEALTHY).orThrow();
        }
        for (int i = 1; i <= 120; i++) {
            client.grains().acquire(GrainId.of("cart", "" + i), EU).orThrow();
        }
        for (int i = 1; i <= 5; i++) {
            client.grains().acquire(GrainId.of("tile", "" + i), AP).orThrow();
        }
        client.grains().acquire(GrainId.of("user", "<b>ann</b>"), US).orThrow();
        ReplayDraft write = ReplayDraft.of("cart/1", ByteString.copyFromUtf8("one more"));
        client.replay().producer(US, EU).append(write).orThrow();
        aBarrierAndAMigration(client);
        int follower = follower();
        server = staddle.servers().get(follower);
        console = "http://" + staddle.endpoints().split(",", -1)[follower];
    }

    private static void aBarrierAndAMigration(StaddleClient client) {
        List<NodeId> nodes = List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"));
        for (NodeId node : Stream.concat(nodes.stream(), Stream.of(SPARE)).toList()) {
            client.routing().registerNode(node, new NodeAddress("localhost", 1), 1).orThrow();
            client.routing().setNodeState(node, NodeState.ACTIVE, 1).orThrow();
        }
        client.routing().init(new RoutingLayout(4, 2, 2, nodes.subList(0, 2))).orThrow();
        client.migrations()
                .start(
                        new StartMigration(
                                new MigrationId("to-n3"),
                                new VShardId(1),
                                nodes.getLast(),
                                1,
                                1_000_000,
                                false,
                                new Epoch(1)))
                .orThrow();
        Token token =
                client.barriers()
                        .acquire(SCOPE, nodes.getFirst(), 1, Duration.ofMinutes(30))
                        .orThrow()
                        .scope()
                        .coordinator()
                        .token();
        List<Participation> both =
                nodes.subList(0, 2).stream().map(node -> Participation.of(node, 1)).toList();
        client.barriers()
                .begin(
                        new BeginBarrier(
                                SCOPE, token, new CheckpointId("night"), both, 1_800_000, 0))
                .orThrow();
    }

    private static int follower() {
        List<ServerId> servers = staddle.servers();
        return (servers.indexOf(staddle.awaitLeader()) + 1) % servers.size();
    }

    @AfterAll
    static void end() {
        opened.ifPresent(Browser::close);
        started.ifPresent(EmbeddedStaddle::close);
    }

    @BeforeEach
    void anOpenBrowser() {
        browser = opened.orElseThrow();
        browser.resize(1280, 900);
    }

    @AfterEach
    void nothingIsWrongInItsConsole() {
        opened.ifPresent(each -> assertThat(errors(each)).isEmpty());
    }

    /// A browser notes each answer that says 503, as a deployment gives that elects a leader while
    /// the machine is busy: the page says so and asks again.
    private static List<String> errors(Browser browser) {
        return browser.errors().stream()
                .filter(each -> !each.contains("/console/api/") || !each.contains("status of 503"))
                .toList();
    }

    /// What each page is to show.
    private static Map<String, List<String>> pages() {
        Map<String, List<String>> pages = new LinkedHashMap<>();
        pages.put("overview", List.of("Digests", "equal", "1 write", "Latest events", "us-1"));
        pages.put("clusters", List.of("eu-1", "healthy", "Timeline", "The primary is"));
        pages.put("cluster/us-1", List.of("What would change it", "Pause automation"));
        pages.put("grains", List.of("cart/1", "126 grains", "Next page"));
        pages.put("grains?q=cart%2F12", List.of("cart/12", "cart/120"));
        pages.put(
                "grain/user/%3Cb%3Eann%3C%2Fb%3E",
                List.of("user/<b>ann</b>", "granted", "ap-1 owns it", "eu-1 owns it"));
        pages.put("failovers", List.of("Moves", "Plan"));
        pages.put("failover/us-1", List.of("1 grain would move", "us-1 is healthy"));
        pages.put("nodes", List.of("n4", "active", "4 data nodes", "4 vShards in 2 groups"));
        pages.put("node/n1", List.of("Drain it", "Decommission it", "What it serves"));
        pages.put("routing", List.of("n1, n2", "Leaseholder", "open", "moving", "to-n3"));
        pages.put("routing?vshard=1", List.of("to-n3", "1 vShard"));
        pages.put("plan?drain=n1", List.of("What would move", "What each node has"));
        pages.put("migrations", List.of("to-n3", "add learner", "n3 to have configuration"));
        pages.put("migration/to-n3", List.of("Checkpoints", "remove learner n3 of group"));
        pages.put("barriers", List.of("orders", "0/2", "in 2"));
        pages.put("scope/orders", List.of("n1", "has not voted", "Abort barrier 1"));
        pages.put("replay", List.of("us-1", "Where the writes come from"));
        pages.put("events", List.of("migration_started", "cluster_registered"));
        pages.put("servers", List.of("s1", "s2", "s3", "leader", "health.suspect-after-millis"));
        return pages;
    }

    @Test
    void everyPageShowsWhatThereIsAndFitsOnAPhone() {
        pages().forEach((page, texts) -> {
            browser.resize(1280, 900);
            go(page);
            browser.awaitText(texts.toArray(String[]::new));
            picture(page, "light");
            browser.resize(360, 740);
            String wider = "return document.documentElement.scrollWidth";
            assertThat(browser.run(wider).getAsInt()).as(page).isLessThanOrEqualTo(360);
            picture(page, "phone");
            assertThat(errors(browser)).as(page).isEmpty();
        });
    }

    @Test
    void whoPrefersItDarkHasItDark() {
        go("overview");
        browser.awaitText("Latest events");
        String ground = "return getComputedStyle(document.body).backgroundColor";
        String light = browser.run(ground).getAsString();
        browser.dark(true);
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(browser.run(ground).getAsString())
                                    .isEqualTo("rgb(20, 23, 27)")
                                    .isNotEqualTo(light));
        } finally {
            browser.dark(false);
        }
    }

    @Test
    void whatHappensAppearsByItself() {
        go("clusters");
        browser.awaitText("eu-1");
        browser.run("window.same = true");
        ClusterId late = new ClusterId("late-1");
        ClusterProfile spare = new ClusterProfile("late", "", 9, false);
        staddle.client().clusters().register(late, spare, ClusterState.UNKNOWN).orThrow();
        browser.awaitText("late-1", "secondary, not eligible");
        go("events");
        browser.awaitText("late-1");
        assertThat(browser.run("return window.same").getAsBoolean()).isTrue();
    }

    /// What is under a reader's finger stays there, as news come: 0.1 is what Web Vitals call good.
    @Test
    void newsMoveNothingThatIsThere() {
        go("overview");
        browser.awaitText("Latest events");
        browser.run(
                """
                window.moved = 0;
                new PerformanceObserver((list) => list.getEntries().forEach((each) => {
                  window.moved += each.value;
                })).observe({ type: 'layout-shift' });
                """);
        for (int i = 1; i <= 5; i++) {
            staddle.configure(Map.of("claims.max-epoch-jump", "" + (100 + i)));
            int told = i;
            await().atMost(PATIENCE)
                    .until(() -> browser.text().split("config_changed", -1).length > told);
        }
        assertThat(browser.run("return window.moved").getAsDouble()).isLessThan(0.1);
    }

    @Test
    void aFailoverIsPlannedAndCarriedOut() {
        go("failover/ap-1");
        browser.awaitText("ap-1 is healthy");
        browser.click("input[name=force]");
        browser.awaitText("5 grains would move", "Carry it out");
        browser.type("input[name=actor]", "ann");
        browser.type("input[name=reason]", "drill");
        browser.type("input[name=confirm]", "ap");
        browser.click("button.act");
        browser.awaitText("Type ap-1 to confirm.");
        browser.type("input[name=confirm]", "-1");
        browser.click("button.act");
        browser.awaitText("failover done", "5 grains moved");
        picture("failover-done", "light");

        assertThat(staddle.client().grains().lookup(GrainId.of("tile", "3")))
                .isInstanceOfSatisfying(
                        Ownership.Owned.class, now -> assertThat(now.by()).isIn(EU, US));
        go("events");
        browser.awaitText("cluster_fenced", "ann: drill", "since_time=20");
        assertThat(browser.text()).doesNotContain("since_millis=");
        go("failovers");
        browser.awaitText("Moves", "done", "failover");
    }

    @Test
    void anOperatorDrainsAndTakesBackWithAReason() {
        go("node/n4");
        order("Drain it", Map.of("actor", "ann", "reason", "new disk", "confirm", "n4"));
        browser.awaitText("n4 gets nothing new", "draining");
        order("Activate and fill it", Map.of("reason", "has it", "confirm", "n4"));
        browser.awaitText("one node has as much as others", "What would move");

        assertThat(staddle.client().routing().nodes())
                .filteredOn(each -> each.id().equals(SPARE))
                .extracting(NodeRecord::state)
                .containsExactly(NodeState.ACTIVE);
        ClusterId leaving = new ClusterId("sa-1");
        ClusterProfile spare = new ClusterProfile("sa", "", 8, false);
        staddle.client().clusters().register(leaving, spare, ClusterState.HEALTHY).orThrow();
        go("cluster/sa-1");
        order("Drain it", Map.of("reason", "moves house", "confirm", "sa-1"));
        browser.awaitText("Drain it: sa-1 drains");
        go("nodes");
        browser.awaitText("4 data nodes");
        assertThat(browser.text()).doesNotContain("for good", "draining");
        go("events");
        browser.awaitText("ann: new disk", "ann: moves house");
    }

    @Test
    void aPlanIsBegunAndAMigrationAbortedAndBegunAnew() {
        go("plan?drain=n1");
        browser.awaitText("n1 leaves", "Begin these moves");
        fill("form.order", Map.of("actor", "ann", "reason", "even", "confirm", "n1"));
        browser.click("form.order button.act");
        browser.awaitText("begun");
        MigrationId begun =
                staddle.client().migrations().list(0).stream()
                        .map(each -> each.header().id())
                        .filter(id -> id.value().startsWith("plan-"))
                        .findFirst()
                        .orElseThrow();
        go("migration/" + begun);
        order("Abort it", Map.of("reason", "not today", "confirm", begun.value()));
        browser.awaitText("Not before the data plane", "not today");
        staddle.client().migrations().confirmFence(begun, new NodeId("n1")).orThrow();
        order("Begin it anew", Map.of("reason", "today", "confirm", begun.value()));
        browser.awaitText("attempt 2", "add learner");
    }

    @Test
    void anotherServerIsHadLead() {
        ServerId before = staddle.awaitLeader();
        go("servers");
        order("Have another server lead", Map.of("confirm", before.value()));
        browser.awaitText("leads after");
        assertThat(staddle.awaitLeader()).isNotEqualTo(before);
        // Nobody answered for a moment.
        assertThat(browser.errors()).allMatch(each -> each.contains("Failed to load resource"));
    }

    @Test
    void aPageSaysSinceWhenItIsNotLiveAndWhenItIsAgain() {
        go("clusters");
        browser.awaitText("eu-1", "live");
        browser.run("window.same = true");
        staddle.stop(server);
        browser.awaitText("Not live since", "this server does not answer");
        ClusterProfile spare = new ClusterProfile("late", "", 9, false);
        staddle.client()
                .clusters()
                .register(new ClusterId("meanwhile-1"), spare, ClusterState.UNKNOWN)
                .orThrow();
        staddle.heal();
        browser.awaitText("meanwhile-1");
        String title = "return document.getElementById('stream').title";
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(browser.run(title).getAsString())
                                .contains("live again since", "after"));
        go("events");
        browser.awaitText("meanwhile-1");
        assertThat(browser.text()).doesNotContain("Not live");
        assertThat(browser.run("return window.same").getAsBoolean()).isTrue();
        assertThat(browser.errors()).allMatch(each -> each.contains("Failed to load resource"));
    }

    @Test
    void theKeyboardLeadsEverywhere() {
        go("overview");
        browser.awaitText("Latest events");
        browser.type("body", "gs");
        browser.awaitText("Configuration");
        browser.type("body", "/");
        browser.awaitText("How many");
        browser.type("body", "/");
        browser.type("input[type=search]", "cart/11\n");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(browser.text()).contains("cart/119").doesNotContain("cart/12"));
        browser.type("body", "gn");
        browser.awaitText("data nodes");
    }

    /// Opens a folded order, fills it in and has it carried out.
    private void order(String title, Map<String, String> fields) {
        String open =
                """
                const fold = [...document.querySelectorAll('details.fold')]
                  .find((each) => each.firstChild.innerText.trim() === '%s');
                if (fold) fold.open = true;
                return Boolean(fold);
                """
                        .formatted(title);
        await().atMost(PATIENCE).until(() -> browser.run(open).getAsBoolean());
        fill("details[open]", fields);
        browser.click("details[open] button.act");
    }

    private void fill(String form, Map<String, String> fields) {
        fields.forEach((name, text) -> {
            String input = form + " input[name=" + name + "]";
            browser.run("document.querySelector('" + input + "').value = ''");
            browser.type(input, text);
        });
    }

    private void go(String page) {
        String address = "location.href = '" + console + "/#/" + page + "'";
        if (browser.run("return location.origin").getAsString().equals(console)) {
            browser.run(address);
        } else {
            browser.open(console + "/#/" + page);
        }
    }

    /// Takes a picture for people, if they want some.
    private void picture(String page, String look) {
        Optional.ofNullable(System.getProperty("staddle.test.pictures"))
                .ifPresent(folder -> {
                    String name = page.replaceAll("\\W+", "-");
                    browser.screenshot(Path.of(folder, name + "-" + look + ".png"));
                    if (look.equals("light")) {
                        browser.dark(true);
                        browser.screenshot(Path.of(folder, name + "-dark.png"));
                        browser.dark(false);
                    }
                });
    }
}
