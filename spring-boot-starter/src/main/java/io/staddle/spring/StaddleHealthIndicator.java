package io.staddle.spring;

import io.staddle.client.ServerDescription;
import io.staddle.client.ServerReply;
import io.staddle.client.StaddleClient;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import java.time.Duration;
import java.util.List;

/// Up if one of the servers that the application was given is ready: it leads, or follows a leader
/// that it heard lately. What the others say is among the details.
final class StaddleHealthIndicator extends AbstractHealthIndicator {
    private final StaddleClient client;
    private final Duration deadline;

    StaddleHealthIndicator(StaddleClient client, Duration deadline) {
        super("Staddle could not be asked how it is");
        this.client = client;
        this.deadline = deadline;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<ServerReply<ServerDescription>> replies =
                client.servers(client.options().within(deadline)).describeAll();
        boolean ready = false;
        for (ServerReply<ServerDescription> reply : replies) {
            ready |= reply.answer().filter(ServerDescription::ready).isPresent();
            health.withDetail(reply.endpoint().toString(), words(reply));
        }
        if (ready) {
            health.up();
        } else {
            health.down();
        }
    }

    private static String words(ServerReply<ServerDescription> reply) {
        return switch (reply) {
            case ServerReply.Answered<ServerDescription> answered -> words(answered.value());
            case ServerReply.Failed<ServerDescription> failed -> failed.why().toString();
        };
    }

    private static String words(ServerDescription server) {
        return server.server() + ", " + server.role() + (server.ready() ? "" : ", not ready");
    }
}
