package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the web console is given, and what it is not; what it shows in a browser is in `ConsoleIT`.
final class ConsoleTest {
    private static final Path FILES =
            Path.of("src", "main", "resources", "io", "staddle", "server", "console");
    private static final String PAUSE = "staddle.v1.Clusters/PauseAutomation";
    private static final String SIGNED = "\"origin\":{\"actor\":\"op\",\"reason\":\"drill\"}";

    private static final Pattern COLOUR =
            Pattern.compile("--(\\w+): light-dark\\(#(\\w+), #(\\w+)\\);");

    @TempDir static Path directory;
    private static ServedQuorum served;
    private static BlockingWebClient web;

    @BeforeAll
    static void serve() {
        served = new ServedQuorum(directory, "console: {operate: true}");
        web = BlockingWebClient.of("http://127.0.0.1:" + served.api.port());
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @Test
    void everyFileIsServedShieldedAndKnownAgain() throws IOException {
        assertThat(web.get("/").contentUtf8()).contains("<title>Staddle</title>");
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                String path = "/console/" + file.getFileName();
                AggregatedHttpResponse first = web.get(path);
                assertThat(first.content().array()).isEqualTo(Files.readAllBytes(file));
                assertThat(first.headers().get(HttpHeaderNames.CONTENT_SECURITY_POLICY))
                        .startsWith("default-src 'self';");
                String tag = String.valueOf(first.headers().get(HttpHeaderNames.ETAG));
                RequestHeaders again =
                        RequestHeaders.of(HttpMethod.GET, path, HttpHeaderNames.IF_NONE_MATCH, tag);
                assertThat(web.execute(again).status().code()).isEqualTo(304);
            }
        }
        assertThat(web.get("/console/ServerConfig.class").status().code()).isEqualTo(404);
        assertThat(web.get("/console/..%2fconsole.css").status().code()).isNotEqualTo(200);
    }

    /// What the policy forbids would be an error in the browser; data is never markup.
    @Test
    void noFileAsksAnybodyElseOrMakesMarkupOfData() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                        .as(file.toString())
                        .doesNotContain("innerHTML", "insertAdjacentHTML", "eval(", "https://")
                        .doesNotContainPattern("http://(?!\\$\\{s\\.api})")
                        .doesNotContainPattern("<script>|style=|\\bon[a-z]+=\"");
            }
        }
    }

    /// 4.5 to 1, as WCAG 2.2 asks of text (AA).
    @Test
    void everyInkCanBeReadOnEveryGroundInLightAndDark() throws IOException {
        Map<String, List<String>> colours = new TreeMap<>();
        Matcher named = COLOUR.matcher(Files.readString(FILES.resolve("console.css")));
        while (named.find()) {
            colours.put(named.group(1), List.of(named.group(2), named.group(3)));
        }
        List<String> grounds = List.of("ground", "sheet", "hover");
        List<String> inks = List.of("ink", "soft", "accent", "good", "warn", "bad", "dim");
        assertThat(colours).containsKeys(grounds.toArray(String[]::new)).containsKey("line");
        assertThat(colours).hasSize(grounds.size() + inks.size() + 1);
        for (String ink : inks) {
            for (String ground : grounds) {
                for (int look = 0; look < 2; look++) {
                    double bright = brightness(colours.getOrDefault(ink, List.of()).get(look));
                    double other = brightness(colours.getOrDefault(ground, List.of()).get(look));
                    double contrast =
                            (Math.max(bright, other) + 0.05) / (Math.min(bright, other) + 0.05);
                    assertThat(contrast)
                            .as("%s on %s, %s", ink, ground, look == 0 ? "light" : "dark")
                            .isGreaterThanOrEqualTo(4.5);
                }
            }
        }
    }

    /// The relative luminance of a colour, as WCAG defines it.
    private static double brightness(String colour) {
        String hex = colour.length() == 3 ? colour.replaceAll("(.)", "$1$1") : colour;
        double[] parts = new double[3];
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            parts[i] = part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    @Test
    void aPageReadsWhatTheApiSays() {
        served.register("east");

        assertThat(call("staddle.v1.Clusters/List", "{}").contentUtf8()).contains("\"east\"");
        assertThat(call("staddle.v1.Servers/Describe?server=s1", "{}").contentUtf8())
                .contains("127.0.0.1:");
        assertThat(call("staddle.v1.Servers/Describe?server=s9", "{}").contentUtf8())
                .contains("there is no server s9");
        assertThat(call("staddle.v1.Access/WhoAmI", "{}").contentUtf8()).doesNotContain("enforced");
        assertThat(web.get("/console/api/site").contentUtf8())
                .contains("\"operate\":true", "\"alone\":false", "\"server\":\"s1\"");
        assertThat(web.get("/console/api/metrics").contentUtf8()).contains("staddle_raft_term");
    }

    @Test
    void whatNoPageNeedsCannotBeCalled() {
        for (String method : List.of("Directory/Acquire", "Servers/PutConfig", "Batch/Write")) {
            AggregatedHttpResponse answer = call("staddle.v1." + method, "{}");
            assertThat(answer.status().code()).isEqualTo(404);
        }
    }

    @Test
    void aConsoleThatMayNotOperateSaysHowElse() throws IOException {
        Path elsewhere = directory.resolve("shows");
        try (ServedQuorum shows = new ServedQuorum(Files.createDirectories(elsewhere), "")) {
            BlockingWebClient other = BlockingWebClient.of("http://127.0.0.1:" + shows.api.port());
            String body = "{\"all\":true," + SIGNED + "}";
            AggregatedHttpResponse answer =
                    other.execute(HttpRequest.of(ours().build(), HttpData.ofUtf8(body)));

            assertThat(answer.status().code()).isEqualTo(403);
            assertThat(answer.contentUtf8()).contains("console.operate");
            assertThat(other.get("/console/api/site").contentUtf8()).contains("\"operate\":false");
        }
    }

    @Test
    void onlyAPageOfThisConsoleChangesAnything() {
        String body = "{\"all\":true,\"reason\":\"drill\"," + SIGNED + "}";

        assertThat(operate(body, ours().set("origin", "http://evil.example")).status().code())
                .isEqualTo(403);
        assertThat(operate(body, ours().removeAndThen("origin")).status().code()).isEqualTo(403);
        assertThat(operate(body, ours().set("sec-fetch-site", "cross-site")).status().code())
                .isEqualTo(403);
        assertThat(operate(body, ours().removeAndThen("x-staddle-console")).status().code())
                .isEqualTo(403);
        RequestHeadersBuilder rebound =
                ours().authority("evil.example").set("origin", "http://evil.example");
        assertThat(operate(body, rebound).contentUtf8()).contains("name of a server");
        assertThat(operate(body, ours().contentType(MediaType.PLAIN_TEXT)).status().code())
                .isEqualTo(415);

        assertThat(operate(body, ours()).contentUtf8()).contains("\"pause\"");
    }

    @Test
    void whoeverChangesSomethingSaysWhoAndWhyAndWhatWasShown() {
        assertThat(operate("{\"all\":true}", ours()).contentUtf8()).contains("origin.actor");
        String silent = "{\"all\":true,\"origin\":{\"actor\":\"op\",\"reason\":\" \"}}";
        assertThat(operate(silent, ours()).contentUtf8()).contains("origin.reason");
        assertThat(operate("no JSON", ours()).status().code()).isEqualTo(400);
        RequestHeadersBuilder failOver = ours().path(path("staddle.v1.Clusters/FailOver"));
        String planless = "{\"cluster\":\"east\"," + SIGNED + "}";
        assertThat(operate(planless, failOver).contentUtf8()).contains("plan must name");
        RequestHeadersBuilder apply = ours().path(path("staddle.v1.Migrations/Apply"));
        assertThat(operate("{" + SIGNED + "}", apply).contentUtf8()).contains("plan must name");
        String planned = "{\"cluster\":\"east\",\"plan\":\"0123456789abcdef\"," + SIGNED + "}";
        assertThat(operate(planned, failOver).contentUtf8()).contains("\"refusal\"");
    }

    @Test
    void theStreamTellsWhatHappensAndGoesOnWhereItWas() throws Exception {
        served.register("south");
        served.register("west");

        String all = heard("/console/api/events?from=0", "", "\"west\"");
        assertThat(all).contains("\"south\"");
        String id = all.substring(all.lastIndexOf("id: ") + 4).lines().toList().getFirst();
        served.register("north");
        assertThat(heard("/console/api/events?from=0", id, "\"north\"")).doesNotContain("\"west\"");
        assertThat(web.get("/console/api/events?from=x").status().code()).isEqualTo(400);
    }

    /// Returns the stream up to where it says something.
    private static String heard(String path, String lastId, String something) throws Exception {
        var request =
                java.net.http.HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + served.api.port() + path));
        if (!lastId.isEmpty()) {
            request.header("last-event-id", lastId);
        }
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body =
                        client.send(request.build(), BodyHandlers.ofInputStream()).body()) {
            StringBuilder read = new StringBuilder();
            var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            while (read.indexOf(something) < 0) {
                String line = lines.readLine();
                assertThat(line).as("the stream after:%n%s", read).isNotNull();
                read.append(line).append('\n');
            }
            client.shutdownNow();
            return read.toString();
        }
    }

    private static String path(String method) {
        return "/console/api/call/" + method;
    }

    private static AggregatedHttpResponse call(String method, String body) {
        RequestHeaders headers =
                RequestHeaders.builder(HttpMethod.POST, path(method))
                        .contentType(MediaType.JSON_UTF_8)
                        .build();
        return web.execute(HttpRequest.of(headers, HttpData.ofUtf8(body)));
    }

    private static RequestHeadersBuilder ours() {
        String host = "127.0.0.1:" + served.api.port();
        return RequestHeaders.builder(HttpMethod.POST, path(PAUSE))
                .authority(host)
                .contentType(MediaType.JSON_UTF_8)
                .set("origin", "http://" + host)
                .set("sec-fetch-site", "same-origin")
                .set("x-staddle-console", "1");
    }

    private static AggregatedHttpResponse operate(String body, RequestHeadersBuilder headers) {
        return web.execute(HttpRequest.of(headers.build(), HttpData.ofUtf8(body)));
    }
}
