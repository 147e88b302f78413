package io.staddle.client.migration;

import io.staddle.api.id.GroupId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Removal;
import io.staddle.client.RoutingCache;
import io.staddle.client.StaddleClient;

import java.time.Duration;
import java.util.Optional;

/// Looks for who is to leave a group of the node, or for the node itself, has the data plane take
/// it out, and confirms that.
final class RemovalWatch {
    private static final Duration PENDING = Duration.ofMillis(200);

    /// For so long the others leave it to who leaves: it has data of its own to let go of.
    private static final Duration COURTESY = Duration.ofSeconds(5);

    private final NodeLife life;
    private final MigrationDataPlane plane;
    private final StaddleClient client;
    private final RoutingCache routing;
    private final Workers<Leaving, Work> workers;

    /// Who leaves what.
    private record Leaving(GroupId group, Removal removal) {}

    RemovalWatch(NodeLife life, MigrationDataPlane plane, StaddleClient client) {
        this.life = life;
        this.plane = plane;
        this.client = client;
        routing = client.routingCache();
        workers = new Workers<>("leaving-" + life.node());
    }

    /// Looks once. It throws what the client throws.
    void look() {
        routing.refresh().groups().values().forEach(this::look);
    }

    void close() {
        workers.close();
    }

    private void look(GroupRecord group) {
        group.removals().stream()
                .filter(each -> group.voters().contains(life.node()) || isOwn(each))
                .forEach(each -> begin(new Leaving(group.id(), each)));
    }

    private void begin(Leaving leaving) {
        workers.ensure(leaving, () -> new Work(leaving));
    }

    private boolean isOwn(Removal removal) {
        return removal.node().equals(life.node());
    }

    /// What is done about one of them.
    private final class Work implements Workers.Turn {
        private final Leaving leaving;
        private boolean patient;

        Work(Leaving leaving) {
            this.leaving = leaving;
            patient = !isOwn(leaving.removal());
        }

        @Override
        public Optional<Duration> take() {
            return switch (plane.leave(leaving.group(), leaving.removal())) {
                case Effect.Done done -> done();
                case Effect.Pending pending -> Optional.of(PENDING);
                case Effect.Fenced fenced -> Optional.empty();
            };
        }

        /// As was last looked. To confirm what is confirmed changes nothing, but is an entry.
        private boolean isOpen() {
            return Optional.ofNullable(routing.table().groups().get(leaving.group()))
                    .filter(group -> group.removals().contains(leaving.removal()))
                    .isPresent();
        }

        private Optional<Duration> done() {
            if (patient) {
                patient = false;
                return Optional.of(COURTESY);
            }
            if (!isOpen()) {
                return Optional.empty();
            }
            client.routing()
                    .confirmRemoval(leaving.group(), leaving.removal(), life.node())
                    .orThrow();
            return Optional.empty();
        }
    }
}
