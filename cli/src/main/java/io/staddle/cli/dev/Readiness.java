package io.staddle.cli.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

/// How far a server is that was started, as it says itself at `/readyz`.
///
/// A client of the library would take from the servers, while they start, the time that it needs to
/// start itself.
enum Readiness {
    NOT_READY,
    FOLLOWS,
    LEADS;

    private static final int ANSWER_MILLIS = 1_000;

    /// The line of the check `leader` in the leader's answer.
    private static final String LEADER = "[+]leader ok: this server leads\n";

    boolean isReady() {
        return this != NOT_READY;
    }

    static Readiness of(DevServer server) {
        try {
            URL readyz = URI.create("http://" + server.api() + "/readyz?verbose").toURL();
            HttpURLConnection connection = (HttpURLConnection) readyz.openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return NOT_READY;
            }
            try (var body = connection.getInputStream()) {
                String lines = new String(body.readAllBytes(), UTF_8);
                return lines.contains(LEADER) ? LEADS : FOLLOWS;
            }
        } catch (IOException notYet) {
            return NOT_READY;
        }
    }
}
