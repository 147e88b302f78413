package io.staddle.statemachine.explain;

import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Successor;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.EventSubject;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Holding;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Ownership.Owned;
import io.staddle.api.query.Explanation;
import io.staddle.api.refusal.ObstacleText;
import io.staddle.statemachine.clusters.MovePlans.Planned;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.past.Changes;
import io.staddle.statemachine.state.GrainRow;
import io.staddle.statemachine.state.GrainRow.Place.InHolding;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import java.util.List;
import java.util.Optional;

/// Why somebody owns a grain, and what would give it to another.
final class GrainStory {
    private static final int CAUSES_MAX = 20;

    private final GrainId grain;
    private final View view;
    private final Ownership ownership;
    private final Causes causes;
    private final Prospects prospects;

    GrainStory(GrainId grain, View view, Changes changes, Prospects prospects) {
        this.grain = grain;
        this.view = view;
        this.prospects = prospects;
        ownership = Ownerships.of(grain, view);
        causes = new Causes(changes);
    }

    Explanation tell() {
        gatherCauses();
        switch (ownership) {
            case Owned owned -> owned(owned);
            case Ownership.Stranded stranded -> stranded(stranded);
            case Ownership.Unowned _, Ownership.Released _ -> {
                // Whoever asks for it may have it.
            }
        }
        view.values(Schema.CLUSTERS).forEach(this::ofOther);
        return new Explanation(causes.all(), causes.hasMore(), prospects.all());
    }

    private void gatherCauses() {
        List<Revision> own = causes.add(Schema.GRAINS, grain, CAUSES_MAX, this::isAboutGrain);
        Optional<GrainRow> row = view.get(Schema.GRAINS, grain);
        if (row.isPresent() && own.isEmpty()) {
            causes.areMore();
        }
        if (row.isPresent() && row.get().place() instanceof InHolding place) {
            movesOf(place.holding(), row.get().since().revision());
        }
    }

    /// What became of the holding since the grain is in it.
    private void movesOf(HoldingId holding, Revision since) {
        List<Revision> moves =
                causes.add(
                        Schema.HOLDINGS,
                        holding,
                        CAUSES_MAX,
                        event -> isMoveOf(event, holding) || Causes.saysWhy(event));
        moves.stream()
                .filter(each -> each.compareTo(since) > 0)
                .forEach(each -> whatLedTo(each, holding));
    }

    /// A cluster is not failed over for nothing: adds what its health was before.
    private void whatLedTo(Revision move, HoldingId holding) {
        causes.all().stream()
                .filter(each -> each.revision().equals(move))
                .map(each -> each.event())
                .filter(event -> isMoveOf(event, holding))
                .forEach(event -> {
                    if (event instanceof DirectoryEvent.HoldingMoved moved) {
                        healthOf(moved.from(), move);
                    }
                });
    }

    private void healthOf(ClusterId cluster, Revision before) {
        causes.newestBefore(
                Schema.CLUSTERS,
                cluster,
                before,
                event ->
                        event instanceof ClusterEvent.StateChanged changed
                                && changed.cluster().equals(cluster));
    }

    private boolean isAboutGrain(Event event) {
        EventSubject subject = EventSubject.of(event);
        return subject.type().equals(Optional.of(grain.type()))
                && subject.key().equals(Optional.of(grain.key()));
    }

    private static boolean isMoveOf(Event event, HoldingId holding) {
        return event instanceof DirectoryEvent.HoldingMoved moved
                && moved.holding().equals(holding);
    }

    private void owned(Owned owned) {
        prospects.ofFailover(
                "FAILOVER", owned.by(), owned.fence(), made -> fate(made, owned.holding()));
        if (owned.leaseUntilMillis() > 0) {
            prospects.byItself("LEASE_END", "nobody owns it", List.of(), owned.leaseUntilMillis());
        }
        Optional<ClusterId> home = view.get(Schema.HOLDINGS, owned.holding()).map(Holding::cluster);
        if (home.isPresent() && !home.get().equals(owned.by())) {
            prospects.ofFailBack(home.get(), made -> fate(made, owned.holding()));
        }
    }

    private void stranded(Ownership.Stranded stranded) {
        Candidates candidates = Candidates.of(view);
        Successor wish = new Successor.ByPlacement();
        prospects.byItself(
                "RESCUE",
                "nobody owns it, since "
                        + ObstacleText.of(candidates.obstacle(grain.type(), wish)).clause()
                        + "; "
                        + stranded.formerOwner()
                        + " gets it back, or another one, as soon as one can",
                List.of(),
                0);
    }

    private void ofOther(ClusterRecord cluster) {
        ClusterId id = cluster.id();
        if (ownership.owner().equals(Optional.of(id))) {
            prospects.ofCommand(
                    "RELEASE",
                    "nobody owns it",
                    new DirectoryCommand.Release(grain, id, ownership.epoch()),
                    "staddle grain release " + grain + " --owner " + id);
            return;
        }
        if (ownership instanceof Owned) {
            prospects.ofCommand(
                    "REASSIGN",
                    id + " owns it",
                    new DirectoryCommand.Reassign(grain, id, ownership.epoch()),
                    "staddle grain reassign " + grain + " --to " + id);
            return;
        }
        prospects.ofCommand(
                "ACQUIRE",
                id + " owns it",
                new DirectoryCommand.Acquire(grain, id, 0),
                "staddle grain acquire " + grain + " --owner " + id);
    }

    private static String fate(Planned.Made made, HoldingId holding) {
        return made.plan().move().holdings().stream()
                .filter(each -> each.holding().equals(holding))
                .findFirst()
                .map(HoldingMove::fate)
                .map(GrainStory::words)
                .orElse("it stays where it is");
    }

    private static String words(Fate fate) {
        return switch (fate) {
            case Fate.To(var owner) -> owner + " owns it";
            case Fate.Stranded(var why) -> "nobody owns it, since " + ObstacleText.of(why).clause();
            case Fate.Kept(var why) ->
                    "it stays where it is, since " + ObstacleText.of(why).clause();
        };
    }
}
