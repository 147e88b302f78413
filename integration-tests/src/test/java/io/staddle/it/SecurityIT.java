package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonPrimitive;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.IdentityName;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Reach;
import io.staddle.api.model.Role;
import io.staddle.api.peer.v1.DigestAtAnswer;
import io.staddle.api.peer.v1.DigestAtRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.query.EventFilter;
import io.staddle.client.AccessAdmin;
import io.staddle.client.EventWatcher;
import io.staddle.client.NewToken;
import io.staddle.client.ServerDescription;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.StaddleForbiddenException;
import io.staddle.client.WatchOptions;
import io.staddle.it.kit.Browser;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.SecuredServers;
import io.staddle.it.kit.TlsProbe;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.peer.PeerChannels;
import io.staddle.server.peer.PeerMethod;
import io.staddle.server.tls.Tls;
import io.staddle.server.tls.TlsSettings;
import io.staddle.statemachine.state.Levels;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Certificates, identities and roles, as whoever attacks and whoever operates meets them: three
/// servers that know each other by their own authority, and let nobody in whom they do not know.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecurityIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final Role READER = new Role.Reader();
    private static final Role OPERATOR = new Role.Operator();
    private static final ClusterProfile PROFILE = new ClusterProfile("", "", 0, true);
    private static final int PROTOCOL_VERSION = 70;
    private static final String ACQUIRE =
            "{\"grain\":{\"type\":\"cart\",\"key\":\"%s\"},\"cluster\":\"%s\"}";

    private final SecuredServers servers = SecuredServers.start();

    /// As the first administrator: with the key of a server, on its machine.
    private final StaddleClient root =
            servers.client()
                    .certificate(servers.file("ours/s1/peer.crt"), servers.file("ours/s1/peer.key"))
                    .build();

    @BeforeAll
    void begin() {
        await("a new deployment begins with all that there is")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StaddleException.class)
                .until(() -> root.servers().config().featureLevel() == Levels.NEWEST);
        // Nobody beats here, for however long it takes.
        Map<String, String> patient = Map.of("health.suspect-after-millis", "604800000");
        root.servers().putConfig(patient, root.servers().config().version()).orThrow();
        root.clusters().register(US, PROFILE, ClusterState.HEALTHY).orThrow();
    }

    @AfterAll
    void end() {
        root.close();
        servers.close();
    }

    @Test
    void withoutTlsNobodyIsConnected() {
        try (StaddleClient plain = servers.open().deadline(Duration.ofSeconds(3)).build()) {
            assertThatThrownBy(() -> plain.clusters().list()).isInstanceOf(StaddleException.class);
        }
    }

    @Test
    void aClientThatTrustsAnotherAuthorityDoesNotTalkToTheServers() {
        try (StaddleClient wary =
                servers.open()
                        .tls(servers.file("foreign/clients-ca.crt"))
                        .deadline(Duration.ofSeconds(3))
                        .build()) {
            assertThatThrownBy(() -> wary.clusters().list()).isInstanceOf(StaddleException.class);
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTaken() {
        Path foreign = servers.clientCertificate("foreign", "mallory");
        TlsProbe mallory = new TlsProbe(servers.file("ours/clients-ca.crt"), foreign);

        assertThatThrownBy(() -> mallory.firstByte(api(0))).isInstanceOf(IOException.class);
    }

    @Test
    void olderVersionsOfTlsAreNotSpoken() throws IOException {
        assertThat(TlsProbe.alertToTls11(api(0))).isEqualTo(PROTOCOL_VERSION);
        assertThat(TlsProbe.alertToTls11(raft(0))).isEqualTo(PROTOCOL_VERSION);
    }

    @Test
    void aServerWithCertificatesOfAnotherAuthorityIsNoServer() {
        TlsProbe foreign =
                new TlsProbe(
                        servers.file("ours/peers-ca.crt"), servers.file("foreign/s3/peer.crt"));
        assertThatThrownBy(() -> foreign.firstByte(raft(0))).isInstanceOf(IOException.class);

        Tls asForeign = tls(servers.file("foreign/s3"), "s3");
        assertThatThrownBy(() -> digest(asForeign, servers.addresses().getFirst()))
                .hasStackTraceContaining("PKIX path validation failed");
    }

    @Test
    void aCertificateOfAClientMakesNoServer() throws IOException {
        Path client = servers.clientCertificate("ours", "climber");
        TlsProbe climber = new TlsProbe(servers.file("ours/peers-ca.crt"), client);
        assertThatThrownBy(() -> climber.firstByte(raft(0))).isInstanceOf(IOException.class);
    }

    @Test
    void aServerIsWhoItsCertificateSaysAndNobodyElse() {
        Tls tls = tls(servers.file("ours/s3"), "s3");
        ServerAddress first = servers.addresses().getFirst();
        ServerAddress posing = new ServerAddress(new ServerId("s2"), first.api(), first.raft());

        assertThat(digest(tls, first)).isNotNegative();
        assertThatThrownBy(() -> digest(tls, posing))
                .hasStackTraceContaining("the certificate is that of s1, called was s2");
    }

    @Test
    void aTokenIsGoodUntilItIsRevoked() {
        NewToken token = token("short-lived", AccessAdmin.NEVER, READER);
        try (StaddleClient client = servers.client().token(token.text()).build()) {
            awaitKnown(client);
            assertThat(client.access().whoAmI().actor()).isEqualTo("short-lived");

            root.access().revoke(new IdentityName("short-lived")).orThrow();
            awaitForbidden(client, "revoked");
        }
    }

    @Test
    void aWatchEndsWhenWhoWatchesIsRevoked() {
        WatchOptions often = WatchOptions.FROM_NOW.progressEvery(Duration.ofMillis(100));
        try (StaddleClient client = by("a-watcher", READER);
                EventWatcher watcher = client.events().watch(often)) {
            await().atMost(PATIENCE).until(() -> watcher.poll(PATIENCE).isPresent());

            root.access().revoke(new IdentityName("a-watcher")).orThrow();
            assertThatThrownBy(() -> watcher.forEachRemaining(_ -> {}))
                    .isInstanceOf(StaddleForbiddenException.class)
                    .hasMessageContaining("revoked");
        }
    }

    @Test
    void aTokenEndsWhenItsTimeIsOver() {
        NewToken token = token("soon-over", Instant.now().plusSeconds(1), READER);
        try (StaddleClient client = servers.client().token(token.text()).build()) {
            awaitForbidden(client, "has expired");
        }
    }

    @Test
    void aTokenWithAnotherSecretIsNone() {
        token("guessed", AccessAdmin.NEVER, READER);
        try (StaddleClient client =
                servers.client().token("guessed.AAAAAAAAAAAAAAAAAAAAAAAA").build()) {
            awaitForbidden(client, "the token is not known");
        }
        try (StaddleClient client = servers.client().build()) {
            awaitForbidden(client, "a token or a certificate of a client is needed");
        }
    }

    @Test
    void eachRoleEndsWhereTheNextBegins() {
        try (StaddleClient reader = by("a-reader", READER);
                StaddleClient owner = by("an-owner", new Role.Owner(EU));
                StaddleClient operator = by("an-operator", OPERATOR);
                StaddleClient admin = by("an-admin", new Role.Admin())) {
            owner.clusters().register(EU, PROFILE, ClusterState.HEALTHY).orThrow();
            GrainId grain = GrainId.parse("cart/roles");

            assertForbidden(() -> reader.grains().acquire(grain, EU), "owner:eu");
            owner.grains().acquire(grain, EU).orThrow();
            assertThat(reader.grains().lookup(grain).epoch().value()).isEqualTo(1);
            assertForbidden(() -> owner.grains().acquire(GrainId.parse("cart/2"), US), "owner:us");
            assertForbidden(() -> beat(owner, US), "owner:us");
            assertForbidden(() -> owner.clusters().drain(EU, 1), "operator");
            operator.grains().acquire(GrainId.parse("cart/2"), US).orThrow();
            assertForbidden(() -> operator.servers().snapshot(endpoint(operator)), "admin");
            assertForbidden(() -> operator.access().list(), "admin");
            assertThat(admin.access().list())
                    .extracting(each -> each.name().value())
                    .contains("an-owner", "an-operator");
        }
    }

    @Test
    void historyNamesWhoIsProvedAndWhoTheySayThatTheyAre() {
        Path certificate = servers.clientCertificate("ours", "alice");
        root.access()
                .addCertificate(new IdentityName("alice"), List.of(OPERATOR), AccessAdmin.NEVER)
                .orThrow();
        ClusterId cluster = new ClusterId("by-alice");
        try (StaddleClient alice =
                servers.client()
                        .certificate(certificate, certificate.resolveSibling("alice.key"))
                        .actor("root")
                        .build()) {
            awaitKnown(alice);
            alice.clusters().register(cluster, PROFILE, ClusterState.HEALTHY).orThrow();
        }

        assertThat(root.events().after(0, EventFilter.cluster(cluster)).events())
                .extracting(event -> event.origin().actor())
                .contains("alice (as root)");
    }

    @Test
    void scriptsAreToldByTheStatusAndHealthIsForEverybody() throws Exception {
        NewToken token = token("a-script", AccessAdmin.NEVER, READER);
        TlsProbe probe = new TlsProbe(servers.file("ours/clients-ca.crt"));
        String acquire = "/staddle.v1.Directory/Acquire";

        assertThat(get(probe, "/livez", "").statusCode()).isEqualTo(200);
        assertThat(get(probe, "/metrics", "").statusCode()).isEqualTo(401);
        assertThat(post(probe, acquire, "").statusCode()).isEqualTo(401);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get(probe, "/metrics", token.text()).body())
                                .contains("staddle_access_denied_total{reason=\"unauthenticated\"}")
                                .contains("staddle_tls_expiry_seconds{certificate=\"peers\"}"));
        HttpResponse<String> forbidden = post(probe, acquire, token.text());
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.body()).contains("owner:eu");
    }

    @Test
    void inABatchOnlyTheForbiddenCommandIsRefused() throws Exception {
        NewToken token = token("a-batcher", AccessAdmin.NEVER, new Role.Owner(US));
        TlsProbe probe = new TlsProbe(servers.file("ours/clients-ca.crt"));
        String batch =
                "{\"commands\":[{\"acquire\":"
                        + ACQUIRE.formatted("a", "eu")
                        + "},"
                        + "{\"acquire\":"
                        + ACQUIRE.formatted("b", "us")
                        + "}]}";

        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    // Whoever leads answers both; the others only what they need not ask for.
                    List<String> answers = new ArrayList<>();
                    for (ServerAddress each : servers.addresses()) {
                        answers.add(
                                request(
                                                probe,
                                                each.api(),
                                                "/staddle.v1.Batch/Write",
                                                token.text(),
                                                Optional.of(batch))
                                        .body()
                                        .replaceAll("\\s", ""));
                    }
                    assertThat(answers)
                            .anyMatch(answer ->
                                    answer.contains("\"code\":\"FORBIDDEN\"")
                                            && answer.contains("\"needs\":\"owner:eu\"")
                                            && answer.contains("\"owner\":\"us\""));
                });
    }

    @Test
    void aNewCertificateIsShownWithoutRestartAndABadOneIsNot() throws Exception {
        TlsProbe probe = new TlsProbe(servers.file("ours/clients-ca.crt"));
        BigInteger first = probe.shownBy(api(1)).getSerialNumber();

        servers.certify("ours", "s2");
        await().atMost(PATIENCE)
                .until(() -> !probe.shownBy(api(1)).getSerialNumber().equals(first));
        BigInteger second = probe.shownBy(api(1)).getSerialNumber();

        Files.writeString(servers.file("ours/s2/api.crt"), "nothing of use");
        NewToken token = token("a-scraper", AccessAdmin.NEVER, READER);
        await().atMost(PATIENCE)
                .until(() ->
                        request(probe, api(1), "/metrics", token.text(), Optional.empty())
                                .body()
                                .contains("staddle_tls_reload_failures_total 1.0"));
        assertThat(probe.shownBy(api(1)).getSerialNumber()).isEqualTo(second);
        servers.certify("ours", "s2");
    }

    @Test
    void aServerIsOneFromWhenItIsLetInUntilItIsTakenOut() throws Exception {
        ServerAddress fourth = servers.oneMore("s4");
        refused(fourth, "foreign", "PKIX path validation failed");

        Tls own = tls(servers.file("ours/s4"), "s4");
        isStranger(own);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<ServerAddress> start = thread.submit(() -> servers.start(fourth, "ours"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        CommandLine.Ran ran = add(fourth);
                        assertThat(ran.code()).as(ran.err()).isZero();
                        assertThat(ran.out().lines()).anyMatch(row -> row.matches("s4 .* yes .*"));
                    });
            assertThat(start.get()).isEqualTo(fourth);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(digest(own, servers.addresses().getFirst())).isNotNegative());

        CommandLine.Ran removed = operate("server", "remove", "s4", "--yes");
        assertThat(removed.code()).as(removed.err()).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> isStranger(own));
    }

    /// Its certificate is that of a server, and it is none.
    private void isStranger(Tls own) {
        assertThatThrownBy(() -> digest(own, servers.addresses().getFirst()))
                .hasStackTraceContaining("that of s4, which is no server of this deployment");
        TlsProbe probe =
                new TlsProbe(servers.file("ours/peers-ca.crt"), servers.file("ours/s4/peer.crt"));
        assertThatThrownBy(() -> probe.firstByte(raft(0))).isInstanceOf(IOException.class);
    }

    /// It waits in front of the quorum, and whoever wants to let it in is told why it cannot be.
    private void refused(ServerAddress server, String authority, String... why) throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<ServerAddress> start = thread.submit(() -> servers.start(server, authority));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        CommandLine.Ran ran = add(server);
                        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
                        assertThat(ran.err()).contains("UNSAFE_MEMBERSHIP").contains(why);
                    });
            assertThat(start.cancel(true)).as("it waits").isTrue();
        }
    }

    private CommandLine.Ran add(ServerAddress server) {
        return operate(
                "server",
                "add",
                server.id().value(),
                "--api",
                server.api().toString(),
                "--raft",
                server.raft().toString(),
                "--yes");
    }

    private CommandLine.Ran operate(String... words) {
        return CommandLine.run(
                words,
                "--endpoints",
                servers.endpoints(),
                "--timeout",
                "20s",
                "--ca",
                servers.file("ours/clients-ca.crt").toString(),
                "--cert",
                servers.file("ours/s1/peer.crt").toString(),
                "--cert-key",
                servers.file("ours/s1/peer.key").toString());
    }

    @Test
    void inTheConsoleEachSeesWhatTheyMayDo(@TempDir Path directory) throws IOException {
        Optional<Browser> opened = Browser.open(directory);
        if (opened.isEmpty()) {
            System.err.println("NOT TESTED: signing in at the console. No chromium.");
        }
        Assumptions.assumeTrue(opened.isPresent(), "no browser");
        String reader = token("looker", AccessAdmin.NEVER, READER).text();
        String operator = token("carer", AccessAdmin.NEVER, OPERATOR).text();
        try (Browser browser = opened.get();
                StaddleClient caring = servers.client().token(operator).build()) {
            awaitKnown(caring);
            browser.open("https://" + leader(caring) + "/#/cluster/us");
            signIn(browser, "looker.AAAAAAAAAAAAAAAAAAAAAAAA");
            browser.awaitText("the token is not known");
            signIn(browser, reader);
            browser.awaitText("looker (reader)", "read-only", "it takes the role operator");
            assertThat(browser.run("return document.querySelectorAll('form.order').length"))
                    .isEqualTo(new JsonPrimitive(0));

            browser.click("#account button");
            browser.awaitText("Sign in");
            assertThat(browser.run("return sessionStorage.length").getAsInt()).isZero();
            signIn(browser, operator);
            browser.awaitText("carer (operator)", "Pause automation");
            assertThat(browser.text()).doesNotContain("read-only");
            browser.click("details.fold:last-of-type summary");
            browser.type("details[open] input[name=reason]", "a closer look");
            browser.click("details[open] button.act");
            browser.awaitText("Resume automation", "by carer: a closer look");

            root.access().revoke(new IdentityName("carer")).orThrow();
            browser.awaitText("Sign in", "the token is not known: it was revoked");
            assertThat(browser.errors()).allMatch(each -> each.contains("Failed to load"));
        }
        root.clusters().resume(new Reach.OneCluster(US)).orThrow();
    }

    @Test
    void theStreamOfAPageEndsWhenWhoReadsItIsRevoked() throws Exception {
        NewToken token = token("a-page", AccessAdmin.NEVER, READER);
        TlsProbe probe = new TlsProbe(servers.file("ours/clients-ca.crt"));
        await().atMost(PATIENCE)
                .until(() -> get(probe, "/metrics", token.text()).statusCode() == 200);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("https://" + api(0) + "/console/api/events"))
                        .header("authorization", "Bearer " + token.text())
                        .build();
        HttpResponse<InputStream> stream = probe.http().send(request, BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        root.access().revoke(new IdentityName("a-page")).orThrow();
        CompletableFuture<Void> end =
                CompletableFuture.runAsync(() -> {
                    try {
                        stream.body().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        assertThat(end).failsWithin(PATIENCE).withThrowableOfType(ExecutionException.class);
    }

    private static void signIn(Browser browser, String token) {
        browser.awaitText("Sign in");
        browser.type("input[name=token]", token);
        browser.click("button.act");
    }

    private static String leader(StaddleClient client) {
        return client.servers().describeAll().stream()
                .flatMap(each -> each.answer().stream())
                .filter(ServerDescription::leads)
                .map(each -> each.addresses().api())
                .findFirst()
                .orElseThrow();
    }

    private NewToken token(String name, Instant expires, Role... roles) {
        return root.access().createToken(new IdentityName(name), List.of(roles), expires).orThrow();
    }

    private StaddleClient by(String name, Role... roles) {
        StaddleClient client =
                servers.client().token(token(name, AccessAdmin.NEVER, roles).text()).build();
        awaitKnown(client);
        return client;
    }

    /// Each server knows them once it has applied that they are known.
    private static void awaitKnown(StaddleClient client) {
        await().atMost(PATIENCE)
                .until(() ->
                        client.servers().describeAll().stream()
                                .allMatch(each -> each.answer().isPresent()));
    }

    private static void awaitForbidden(StaddleClient client, String words) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThatThrownBy(() -> client.clusters().list())
                                .isInstanceOf(StaddleForbiddenException.class)
                                .hasMessageContaining(words));
    }

    private static void assertForbidden(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String needs) {
        assertThatThrownBy(call)
                .isInstanceOf(StaddleForbiddenException.class)
                .hasMessageContaining("it needs the role " + needs);
    }

    private static void beat(StaddleClient client, ClusterId cluster) {
        client.clusters().beat(cluster, 0, Fence.NONE, OptionalLong.empty());
    }

    private static io.staddle.client.Endpoint endpoint(StaddleClient client) {
        return client.servers().endpoints().getFirst();
    }

    private Tls tls(Path folder, String server) {
        Path any = servers.file("ours/" + server);
        Map<String, ServerId> members = new java.util.HashMap<>();
        servers.addresses().forEach(each -> members.put(each.api().toString(), each.id()));
        return Tls.open(
                new TlsSettings(
                        any.resolve("api.crt"),
                        any.resolve("api.key"),
                        any.resolve("clients-ca.crt"),
                        TlsSettings.ClientAuth.OPTIONAL,
                        folder.resolve("peer.crt"),
                        folder.resolve("peer.key"),
                        folder.resolve("peers-ca.crt"),
                        SecuredServers.DEPLOYMENT,
                        members),
                new ServerId(server));
    }

    private static long digest(Tls tls, ServerAddress server) {
        try (PeerChannels channels = new PeerChannels(Optional.of(tls), PATIENCE)) {
            return channels.to(server)
                    .call(
                            PeerMethod.of(PeersGrpc.getDigestAtMethod()),
                            DigestAtRequest.newBuilder()
                                    .setDeployment(SecuredServers.DEPLOYMENT)
                                    .build(),
                            DigestAtAnswer::getIndex)
                    .join();
        }
    }

    private HttpResponse<String> get(TlsProbe probe, String path, String token)
            throws IOException, InterruptedException {
        return request(probe, api(0), path, token, Optional.empty());
    }

    private HttpResponse<String> post(TlsProbe probe, String path, String token)
            throws IOException, InterruptedException {
        return request(probe, api(0), path, token, Optional.of(ACQUIRE.formatted("7", "eu")));
    }

    private static HttpResponse<String> request(
            TlsProbe probe, HostPort server, String path, String token, Optional<String> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://" + server + path)).timeout(PATIENCE);
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        body.ifPresent(json ->
                request.header("content-type", "application/json; charset=utf-8")
                        .POST(BodyPublishers.ofString(json)));
        return probe.http().send(request.build(), BodyHandlers.ofString());
    }

    private HostPort api(int server) {
        return servers.addresses().get(server).api();
    }

    private HostPort raft(int server) {
        return servers.addresses().get(server).raft();
    }
}
