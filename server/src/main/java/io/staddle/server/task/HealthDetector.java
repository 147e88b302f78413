package io.staddle.server.task;

import io.staddle.api.command.HealthCommand.MarkSuspect;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Observation;
import io.staddle.api.model.Suspicion;
import io.staddle.server.task.Vigil.Look;
import io.staddle.statemachine.clusters.SuspicionRules;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Takes clusters that are silent for too long for out of reach.
public final class HealthDetector implements LeaderTask {
    private static final int OBSERVATIONS_MAX = 100;

    private final Vigil vigil;
    private final OfClusters<Watched> watched = new OfClusters<>(Watched::of);

    /// The clusters to which silence means something.
    private record Watched(List<ClusterRecord> clusters, List<ClusterId> ids) {
        static Watched of(List<ClusterRecord> all) {
            List<ClusterRecord> clusters = all.stream().filter(SuspicionRules::isWatched).toList();
            return new Watched(clusters, clusters.stream().map(ClusterRecord::id).toList());
        }
    }

    /// @param vigil who was heard when
    public HealthDetector(Vigil vigil) {
        this.vigil = vigil;
    }

    @Override
    public String name() {
        return "health-detector";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(200);
    }

    @Override
    public void run(View view, Proposer proposer) {
        Queries state = new Queries(view);
        Look look = vigil.look(state);
        vigil.liveness().counters().looks().increment();
        List<ClusterRecord> clusters = state.clusterRecords();
        if (vigil.liveness().heardOf(look.term()) > clusters.size()) {
            vigil.liveness()
                    .retain(
                            look.term(),
                            clusters.stream().map(ClusterRecord::id).collect(Collectors.toSet()));
        }
        Watched some = watched.get(clusters);
        if (vigil.liveness().isAnySilent(look.term(), some.ids(), look.suspectAfter())) {
            propose(
                    some.clusters().stream().filter(cluster -> isSilent(cluster, look)).toList(),
                    look,
                    proposer);
        }
    }

    private void propose(List<ClusterRecord> silent, Look look, Proposer proposer) {
        if (silent.isEmpty()) {
            return;
        }
        Config config = look.state().config();
        Map<ClusterId, List<Observation>> observations =
                vigil.liveness().observations(look.term(), look.suspectAfter(), look.nowMillis());
        List<MarkSuspect> commands = new ArrayList<>();
        for (ClusterRecord cluster : silent) {
            Suspicion suspicion = suspicion(cluster.id(), look, observations);
            if (SuspicionRules.unconfirmed(cluster, suspicion, config).isEmpty()) {
                commands.add(new MarkSuspect(cluster.id(), cluster.version(), suspicion));
            }
        }
        vigil.liveness().counters().unconfirmed().add(silent.size() - commands.size());
        vigil.liveness().counters().suspicions().add(commands.size());
        Parallel.each(commands, each -> name() + "-" + each.cluster(), proposer::propose);
    }

    /// What the rules would refuse is not proposed, or they would be asked in vain, again and
    /// again.
    private static boolean isSilent(ClusterRecord cluster, Look look) {
        return look.isSilent(cluster.id())
                && SuspicionRules.tooEarly(
                                cluster,
                                look.lastSeenMillis(cluster.id()),
                                look.state().config(),
                                look.nowMillis())
                        .isEmpty();
    }

    private static Suspicion suspicion(
            ClusterId cluster, Look look, Map<ClusterId, List<Observation>> observations) {
        List<Observation> others =
                observations.getOrDefault(cluster, List.of()).stream()
                        .filter(each -> !each.observer().equals(cluster))
                        .sorted(
                                Comparator.comparing(Observation::reachable)
                                        .thenComparing(Observation::observer))
                        .limit(OBSERVATIONS_MAX)
                        .toList();
        return new Suspicion(look.lastSeenMillis(cluster), others);
    }
}
