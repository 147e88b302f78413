package io.staddle.it.kit;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.awaitility.Awaitility;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Chromium without a window, driven as WebDriver says (W3C), by its own driver. It knows as much
/// of that as tests need, and takes every certificate.
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final Gson JSON = new Gson();
    private static final List<String> FLAGS =
            List.of(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--hide-scrollbars",
                    "--window-size=1280,900");

    private final Process driver;
    private final URI root;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String session;

    private Browser(Process driver, int port, Path chromium, Path profile) {
        this.driver = driver;
        root = URI.create("http://127.0.0.1:" + port + "/session");
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("--user-data-dir=" + profile);
        Map<String, Object> wanted =
                Map.of(
                        "browserName",
                        "chrome",
                        "acceptInsecureCerts",
                        true,
                        "goog:chromeOptions",
                        Map.of("binary", chromium.toString(), "args", flags),
                        "goog:loggingPrefs",
                        Map.of("browser", "ALL"));
        JsonElement made = send("POST", "", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
        session = "/" + made.getAsJsonObject().get("sessionId").getAsString();
    }

    /// Opens one, if this machine has any.
    ///
    /// @param directory where it and its driver may write
    public static Optional<Browser> open(Path directory) throws IOException {
        Optional<Path> chromium = program("chromium").or(() -> program("google-chrome"));
        Optional<Path> driver = program("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            return Optional.empty();
        }
        Process process =
                new ProcessBuilder(driver.get().toString(), "--port=0")
                        .redirectErrorStream(true)
                        .start();
        try {
            int port = port(process);
            Path profile = Files.createDirectories(directory.resolve("profile"));
            return Optional.of(new Browser(process, port, chromium.get(), profile));
        } catch (RuntimeException | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// Goes to an address.
    public void open(String url) {
        send("POST", session + "/url", Map.of("url", url));
    }

    /// Runs a script in the page and returns what it returns.
    public JsonElement run(String script) {
        Map<String, Object> body = Map.of("script", script, "args", List.of());
        return send("POST", session + "/execute/sync", body);
    }

    /// Returns the text that a reader sees.
    public String text() {
        return run("return document.body.innerText").getAsString();
    }

    /// Waits until a reader sees all of these.
    public void awaitText(String... parts) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(
                        () -> org.assertj.core.api.Assertions.assertThat(text()).contains(parts));
    }

    /// Clicks on what a selector finds.
    public void click(String selector) {
        send("POST", element(selector) + "/click", Map.of());
    }

    /// Types into what a selector finds.
    public void type(String selector, String text) {
        send("POST", element(selector) + "/value", Map.of("text", text));
    }

    /// Shows pages as on a screen of that size.
    public void resize(int width, int height) {
        emulate(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        width < 600));
    }

    /// Shows pages as those who prefer it dark, or light, see them.
    public void dark(boolean dark) {
        Map<String, String> scheme =
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        emulate("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /// Returns what was logged as an error since the last time.
    public List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (JsonElement each :
                send("POST", session + "/se/log", Map.of("type", "browser")).getAsJsonArray()) {
            JsonObject entry = each.getAsJsonObject();
            if (entry.get("level").getAsString().equals("SEVERE")) {
                errors.add(entry.get("message").getAsString());
            }
        }
        return errors;
    }

    /// Takes a picture of what is on the screen.
    public void screenshot(Path file) {
        String picture = send("GET", session + "/screenshot", Map.of()).getAsString();
        try {
            Files.write(file, Base64.getMimeDecoder().decode(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, Map.of());
        } finally {
            http.close();
            driver.descendants().forEach(ProcessHandle::destroyForcibly);
            driver.destroy();
        }
    }

    private void emulate(String command, Map<String, Object> parameters) {
        Map<String, Object> body = Map.of("cmd", command, "params", parameters);
        send("POST", session + "/goog/cdp/execute", body);
    }

    private String element(String selector) {
        Map<String, Object> body = Map.of("using", "css selector", "value", selector);
        JsonObject found = send("POST", session + "/element", body).getAsJsonObject();
        return session + "/element/" + found.get(ELEMENT).getAsString();
    }

    private JsonElement send(String method, String path, Map<String, Object> body) {
        boolean bare = !method.equals("POST");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                bare
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(JSON.toJson(body)))
                        .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            JsonElement value = JSON.fromJson(answer.body(), JsonObject.class).get("value");
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(method + " " + path + ": " + value);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int port(Process driver) throws IOException {
        BufferedReader words = driver.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = words.readLine(); line != null; line = words.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                Thread.ofVirtual().start(() -> words.lines().forEach(_ -> {}));
                return Integer.parseInt(port.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IOException("the driver of the browser did not start: " + said);
    }

    private static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
