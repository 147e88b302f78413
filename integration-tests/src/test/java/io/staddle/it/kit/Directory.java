package io.staddle.it.kit;

import static org.awaitility.Awaitility.await;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What most tests begin with: two healthy clusters, and grains.
public final class Directory {
    /// A cluster that owns grains.
    public static final ClusterId EU = new ClusterId("eu");

    /// Another one.
    public static final ClusterId US = new ClusterId("us");

    /// What the owner of a grain of [#EU] is compared with.
    public static final Optional<ClusterId> OWNED_BY_EU = Optional.of(EU);

    private static final long WEEK_MILLIS = 604_800_000;

    private Directory() {}

    /// Registers both clusters, healthy. They need not beat.
    public static void register(StaddleClient client) {
        watchNobody(client);
        register(client, EU);
        register(client, US);
    }

    /// Registers a cluster, healthy. It may be known already.
    public static ClusterRecord register(StaddleClient client, ClusterId cluster) {
        return client.clusters()
                .register(cluster, new ClusterProfile("", "", 0, false), ClusterState.HEALTHY)
                .orThrow();
    }

    /// Lets clusters that do not beat be healthy for a week.
    public static void watchNobody(StaddleClient client) {
        Config config = client.servers().config();
        if (config.get(Setting.SUSPECT_AFTER_MILLIS) != WEEK_MILLIS) {
            configure(
                    client, Map.of(Setting.SUSPECT_AFTER_MILLIS.key(), Long.toString(WEEK_MILLIS)));
        }
    }

    /// Changes the replicated configuration.
    ///
    /// @param changes values by their keys
    public static void configure(StaddleClient client, Map<String, String> changes) {
        client.servers().putConfig(changes, client.servers().config().version()).orThrow();
    }

    /// Raises the feature level, once it is known that all servers have it.
    public static void raiseLevel(StaddleClient client, int level) {
        await("all servers say that they have level " + level)
                .until(() -> client.servers().raiseFeatureLevel(level) instanceof Result.Done);
    }

    /// Returns the grains `type/0` and so on.
    public static List<GrainId> grains(String type, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> GrainId.of(type, Integer.toString(i)))
                .toList();
    }

    /// Has a cluster acquire grains, in batches.
    ///
    /// @return the last grant
    public static Answer.Grant acquireAll(
            StaddleClient client, List<GrainId> grains, ClusterId cluster) {
        List<Result<Answer>> results =
                client.grains()
                        .carryOut(
                                grains.stream()
                                        .map(grain ->
                                                new DirectoryCommand.Acquire(grain, cluster, 0))
                                        .toList());
        results.forEach(Result::orThrow);
        return (Answer.Grant) results.getLast().orThrow();
    }
}
