package io.staddle.server.grpc;

import com.linecorp.armeria.server.Server;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The end of a server of Armeria.
final class ServerStop {
    private ServerStop() {}

    /// Stops the server, and waits for its calls and threads, but no longer than that.
    static void within(Duration patience, Server server) {
        try {
            // Not completeOnTimeout: Armeria's future cannot be completed by others.
            server.stop().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException ending) {
            // Whatever is left of it ends by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
