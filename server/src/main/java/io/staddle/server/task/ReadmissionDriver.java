package io.staddle.server.task;

import io.staddle.api.command.HealthCommand.Readmit;
import io.staddle.api.command.Initiative;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.clusters.ReadmissionRules;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.List;

/// Takes clusters back in that were failed over, once they have recovered and obey their fence.
public final class ReadmissionDriver implements LeaderTask {
    private final OfClusters<List<ClusterRecord>> returning =
            new OfClusters<>(all -> all.stream().filter(ReadmissionDriver::isReturning).toList());

    @Override
    public String name() {
        return "readmission-driver";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(200);
    }

    @Override
    public void run(View view, Proposer proposer) {
        Queries state = new Queries(view);
        if (!state.config().isOn(Setting.AUTO_READMIT)) {
            return;
        }
        List<Readmit> due =
                returning.get(state.clusterRecords()).stream()
                        .filter(cluster -> isDue(cluster, view))
                        .map(ReadmissionDriver::readmit)
                        .toList();
        Parallel.each(due, each -> name() + "-" + each.cluster(), proposer::propose);
    }

    private static boolean isReturning(ClusterRecord cluster) {
        return cluster.state() == ClusterState.RECOVERING && cluster.isFenced();
    }

    private static boolean isDue(ClusterRecord cluster, View view) {
        return ReadmissionRules.heldBy(cluster, Initiative.AUTOMATIC, view).isEmpty();
    }

    private static Readmit readmit(ClusterRecord cluster) {
        return new Readmit(
                cluster.id(), cluster.fencing().openFailover().orElseThrow(), Initiative.AUTOMATIC);
    }
}
