package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.command.Successor;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Move;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.client.Observed;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleDeadlineException;
import io.staddle.client.StaddleUnavailableException;
import io.staddle.client.StaddleUnknownOutcomeException;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// An operator who has [Directory#EU] failed over to [Directory#US], until there is an answer.
public final class ForcedFailover {
    private static final Set<Class<?>> AGAIN =
            Set.of(
                    StaddleDeadlineException.class,
                    StaddleUnavailableException.class,
                    StaddleUnknownOutcomeException.class);

    private final TestCluster cluster;
    private final StaddleClient client;
    private final MoveId id;
    private final Fence seen;
    private final int movesBefore;
    private final List<GrainId> grains;
    private final List<Ownership> owned;

    /// Has the region own some grains. It must be healthy.
    ///
    /// @param name of the move, and the type of the grains
    public ForcedFailover(TestCluster cluster, String name, int count) {
        this.cluster = cluster;
        client = cluster.client();
        id = new MoveId(name);
        grains = Directory.grains(name, count);
        Directory.acquireAll(client, grains, Directory.EU);
        owned = look();
        seen = ((Ownership.Owned) owned.getFirst()).fence();
        movesBefore = client.clusters().movesOf(Directory.EU).size();
    }

    /// Asks for the move, again and again with the same id, until it is answered.
    public Move insist() {
        return await("answer to " + id)
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(failure -> AGAIN.contains(failure.getClass()))
                .until(this::ask, Objects::nonNull);
    }

    /// Asserts that it took place, and once: in history, for each grain and on each server.
    public void assertOnce() {
        assertThat(client.clusters().movesOf(Directory.EU)).hasSize(movesBefore + 1);
        assertThat(client.clusters().moves())
                .filteredOn(move -> move.id().equals(id))
                .singleElement()
                .satisfies(move -> assertThat(move.grainsMoved()).isEqualTo(grains.size()));
        List<Ownership> now = look();
        assertThat(now).extracting(Ownership::owner).containsOnly(Optional.of(Directory.US));
        assertThat(now)
                .extracting(Ownership::epoch)
                .containsExactlyElementsOf(
                        owned.stream().map(before -> before.epoch().next()).toList());
        cluster.awaitEqualDigests();
    }

    /// Readmits the region, as an operator does who demoted it while it was alive.
    public void readmit() {
        await("readmission after " + id)
                .atMost(Duration.ofSeconds(20))
                .until(() -> client.clusters().readmit(Directory.EU, id) instanceof Result.Done<?>);
    }

    private Move ask() {
        return client.clusters()
                .forceFailOver(id, Directory.EU, seen, new Successor.Named(Directory.US))
                .orThrow();
    }

    private List<Ownership> look() {
        return client.grains().lookupAll(grains, Consistency.LINEARIZABLE).stream()
                .map(Observed::value)
                .toList();
    }
}
