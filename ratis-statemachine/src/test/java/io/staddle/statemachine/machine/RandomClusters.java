package io.staddle.statemachine.machine;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.Initiative;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Reach;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;
import io.staddle.api.model.Suspicion;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// Random commands about the health, roles and moves of few clusters. They live and die often, and
/// what they have seen is mostly what stands.
final class RandomClusters {
    private static final SettingValue USUAL = Setting.SUSPECT_AFTER_MILLIS.defaultValue();

    private final SplittableRandom random;
    private final Reads view;
    private final List<ClusterId> clusters;
    private final long now;

    private RandomClusters(SplittableRandom random, Reads view, List<ClusterId> clusters) {
        this.random = random;
        this.view = view;
        this.clusters = clusters;
        now = Numbers.get(view, Numbers.LOGICAL_NOW);
    }

    /// Returns the next command for the state that `view` shows.
    static Command next(SplittableRandom random, Reads view, List<ClusterId> clusters) {
        return new RandomClusters(random, view, clusters).next();
    }

    private Command next() {
        ClusterId cluster = cluster();
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, cluster);
        int what = random.nextInt(100);
        if (what < 10 && Configs.of(view).value(Setting.SUSPECT_AFTER_MILLIS).equals(USUAL)) {
            // They live and die too slowly to be seen.
            return new AdminCommand.PutConfig(
                    Map.of(
                            "health.suspect-after-millis", "100",
                            "failover.grace-millis", "" + 50 * random.nextInt(2),
                            "failover.suspects-max", "" + random.nextInt(2)),
                    Configs.of(view).version());
        }
        if (known.isEmpty() || what < 6) {
            ClusterState state = mostly() ? ClusterState.HEALTHY : ClusterState.UNKNOWN;
            return new ClusterCommand.Register(cluster, profile(), state);
        }
        if (what < 26) {
            return new HealthCommand.RecordBeats(
                    clusters.stream()
                            .filter(each -> each.equals(cluster) || random.nextBoolean())
                            .map(this::beat)
                            .toList());
        }
        if (what < 50) {
            return ofHealth(known.get(), what);
        }
        if (what < 62) {
            return failOver(known.get());
        }
        return what < 80 ? move(known.get(), what) : rare(known.get(), what);
    }

    private Command ofHealth(ClusterRecord cluster, int what) {
        if (what < 40) {
            Suspicion suspicion = new Suspicion(Math.max(0, now - random.nextInt(400)), List.of());
            return new HealthCommand.MarkSuspect(cluster.id(), version(cluster), suspicion);
        }
        if (what < 42) {
            return new HealthCommand.Drain(cluster.id(), version(cluster));
        }
        MoveId failover =
                cluster.fencing().openFailover().filter(_ -> mostly()).orElseGet(this::id);
        Initiative by = random.nextBoolean() ? Initiative.AUTOMATIC : Initiative.OPERATOR;
        return new HealthCommand.Readmit(cluster.id(), failover, by);
    }

    private Command failOver(ClusterRecord cluster) {
        FailoverCause cause =
                switch (cluster.state()) {
                    case DRAINING -> mostly() ? FailoverCause.DRAIN : FailoverCause.OPERATOR;
                    case SUSPECT -> mostly() ? FailoverCause.GRACE : FailoverCause.DRAIN;
                    case UNKNOWN, HEALTHY, RECOVERING, FAILED ->
                            mostly() ? FailoverCause.OPERATOR : FailoverCause.GRACE;
                };
        boolean force = cause == FailoverCause.OPERATOR && random.nextBoolean();
        return new ClusterCommand.FailOver(
                id(), cluster.id(), fence(cluster), cause, force, successor(), plan());
    }

    private Command move(ClusterRecord cluster, int what) {
        if (what < 68) {
            return new ClusterCommand.FailBack(id(), cluster.id(), plan());
        }
        if (what < 72) {
            return new ClusterCommand.Evacuate(id(), cluster.id(), types(), successor(), plan());
        }
        ClusterId primary = Primacies.of(view).primary().filter(_ -> mostly()).orElse(cluster.id());
        if (what < 76) {
            Fence fence = view.get(Schema.CLUSTERS, primary).map(this::fence).orElse(new Fence(1));
            return new ClusterCommand.DemoteAndPromote(id(), primary, fence, successor(), plan());
        }
        return new ClusterCommand.TransferPrimary(
                primary, cluster(), seen(Primacies.of(view).epoch()));
    }

    private Command rare(ClusterRecord cluster, int what) {
        Reach reach = mostly() ? new Reach.OneCluster(cluster.id()) : Reach.ALL;
        if (what < 84) {
            return new AutomationCommand.Pause(reach, "drill");
        }
        if (what < 90) {
            return new AutomationCommand.Resume(reach);
        }
        if (what < 94) {
            return new AutomationCommand.NoteFailoverBlocked(cluster.id());
        }
        return what < 97
                ? new ClusterCommand.Update(cluster.id(), profile(), version(cluster))
                : new ClusterCommand.Remove(cluster.id(), version(cluster), random.nextBoolean());
    }

    private Beat beat(ClusterId cluster) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, cluster);
        long fence = known.map(each -> each.fence().value()).orElse(1L);
        long incarnation = known.map(each -> each.vitals().incarnation()).orElse(0L);
        boolean restarted = random.nextInt(5) == 0;
        OptionalLong lag =
                random.nextInt(3) > 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(200));
        return new Beat(
                cluster,
                restarted ? random.nextInt(20) : incarnation,
                new Fence(random.nextInt(4) > 0 ? fence : random.nextInt(4)),
                lag,
                Math.max(0, now + 3 - (mostly() ? 0 : random.nextInt(300))));
    }

    private MoveId id() {
        return new MoveId("m" + random.nextInt(200));
    }

    private PlanId plan() {
        return random.nextInt(20) == 0 ? new PlanId("wrong") : PlanId.NONE;
    }

    private Fence fence(ClusterRecord cluster) {
        return new Fence(seen(cluster.fence().value()));
    }

    private long version(ClusterRecord cluster) {
        return seen(cluster.version());
    }

    private List<GrainType> types() {
        return random.nextBoolean() ? List.of() : List.of(new GrainType("t"), new GrainType("u"));
    }

    private Successor successor() {
        return random.nextInt(3) > 0 ? new Successor.ByPlacement() : new Successor.Named(cluster());
    }

    private ClusterProfile profile() {
        return new ClusterProfile("", "", random.nextInt(3), random.nextBoolean());
    }

    private ClusterId cluster() {
        return clusters.get(random.nextInt(clusters.size()));
    }

    private long seen(long current) {
        return mostly() ? current : random.nextInt(4);
    }

    private boolean mostly() {
        return random.nextInt(8) > 0;
    }
}
