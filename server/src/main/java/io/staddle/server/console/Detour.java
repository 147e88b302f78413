package io.staddle.server.console;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

import io.staddle.server.config.ServerAddress;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Asks another server what a page wants of it, so that a page reaches all servers through one.
///
/// The JDK's client, and only once it is needed: Armeria's would cost a fifth of a server's start.
final class Detour implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration CONNECTING = Duration.ofSeconds(2);

    // Guarded by this.
    private Optional<HttpClient> client = Optional.empty();

    private final boolean secured;

    /// @param secured whether servers and clients know each other by certificates
    Detour(boolean secured) {
        this.secured = secured;
    }

    /// @param method of HTTP
    /// @param body JSON; nothing is sent if it is empty
    record Trip(ServerAddress to, String method, String path, String body) {}

    /// Takes a request to a server, and brings back its answer, or what is in the way.
    com.linecorp.armeria.common.HttpResponse take(Trip trip) {
        if (secured) {
            // It would have to act for the page's user, with nothing to prove that by.
            return Json.problem(
                    HttpStatus.NOT_IMPLEMENTED,
                    "with TLS a console shows and changes only its own server: open https://"
                            + trip.to().api()
                            + "/ for "
                            + trip.to().id());
        }
        URI uri = URI.create("http://" + trip.to().api() + trip.path());
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("content-type", "application/json; charset=utf-8")
                        .method(trip.method(), BodyPublishers.ofString(trip.body()))
                        .build();
        CompletableFuture<com.linecorp.armeria.common.HttpResponse> answer =
                client().sendAsync(request, BodyHandlers.ofByteArray())
                        .thenApply(Detour::answer)
                        .exceptionally(failure -> unreachable(trip.to(), failure));
        return com.linecorp.armeria.common.HttpResponse.of(answer);
    }

    @Override
    public synchronized void close() {
        client.ifPresent(HttpClient::shutdownNow);
    }

    private synchronized HttpClient client() {
        HttpClient ready =
                client.orElseGet(() ->
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .proxy(HttpClient.Builder.NO_PROXY)
                                .connectTimeout(CONNECTING)
                                .build());
        client = Optional.of(ready);
        return ready;
    }

    private static com.linecorp.armeria.common.HttpResponse answer(HttpResponse<byte[]> from) {
        String type = from.headers().firstValue("content-type").orElse("text/plain");
        ResponseHeaders headers =
                ResponseHeaders.builder(HttpStatus.valueOf(from.statusCode()))
                        .contentType(MediaType.parse(type))
                        .add(Shield.HEADERS)
                        .build();
        return com.linecorp.armeria.common.HttpResponse.of(headers, HttpData.wrap(from.body()));
    }

    private static com.linecorp.armeria.common.HttpResponse unreachable(
            ServerAddress server, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return Json.problem(
                HttpStatus.BAD_GATEWAY,
                "server " + server.id() + " at " + server.api() + " does not answer: " + cause);
    }
}
