package io.staddle.statemachine.clusters;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.HealthCommand.Drain;
import io.staddle.api.command.HealthCommand.MarkSuspect;
import io.staddle.api.command.HealthCommand.Readmit;
import io.staddle.api.command.HealthCommand.RecordBeats;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.StateCause;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.statemachine.clusters.HealthTable.Signal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides the commands about the health of clusters, by [HealthTable].
public final class HealthRules {
    private HealthRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(HealthCommand command, Reads view, Tick tick) {
        return switch (command) {
            case RecordBeats record -> recordBeats(record, view, tick);
            case MarkSuspect mark -> SuspicionRules.markSuspect(mark, view, tick);
            case Drain drain -> drain(drain, view, tick);
            case Readmit readmit -> ReadmissionRules.readmit(readmit, view, tick);
        };
    }

    private static Decision recordBeats(RecordBeats record, Reads view, Tick tick) {
        Config config = Configs.of(view);
        List<ClusterRecord> changed = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (Beat beat : record.beats()) {
            Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, beat.cluster());
            if (known.isPresent()) {
                List<Event> news = Beats.events(notAfter(tick, beat), known.get(), config);
                if (!news.isEmpty()) {
                    changed.add(ClusterChanges.after(known.get(), news, tick.nowMillis()));
                    events.addAll(news);
                }
            }
        }
        if (!changed.isEmpty()) {
            Candidates candidates = Candidates.of(view).withAll(changed);
            events.addAll(Succession.afterChange(candidates, view, tick));
        }
        return accept(new Answer.Noted(), events);
    }

    /// Nothing was heard in the future: a beat that says so would be the last one that counts.
    private static Beat notAfter(Tick tick, Beat beat) {
        return beat.seenAtMillis() <= tick.nowMillis()
                ? beat
                : new Beat(
                        beat.cluster(),
                        beat.incarnation(),
                        beat.ackedFence(),
                        beat.lagMillis(),
                        tick.nowMillis());
    }

    private static Decision drain(Drain drain, Reads view, Tick tick) {
        Optional<ClusterRecord> known = view.get(Schema.CLUSTERS, drain.cluster());
        if (known.isEmpty()) {
            return refuse(ClusterRefusals.notFound(drain.cluster()));
        }
        ClusterRecord cluster = known.get();
        if (cluster.state() == ClusterState.DRAINING) {
            return accept(new Answer.Cluster(cluster));
        }
        if (cluster.version() != drain.seenVersion()) {
            return refuse(ClusterRefusals.versionConflict(cluster, drain.seenVersion()));
        }
        Optional<ClusterState> next = HealthTable.next(cluster, Signal.DRAIN);
        return next.isEmpty()
                ? refuse(ClusterRefusals.illegal(cluster, ClusterState.DRAINING))
                : changed(cluster, next.get(), new StateCause.Drained(), tick);
    }

    /// The health of a cluster changes, and nothing else.
    static Decision changed(ClusterRecord cluster, ClusterState to, StateCause cause, Tick tick) {
        ClusterEvent event =
                new ClusterEvent.StateChanged(cluster.id(), cluster.state(), to, cause);
        return accept(
                new Answer.Cluster(ClusterChanges.after(cluster, event, tick.nowMillis())), event);
    }
}
