package io.staddle.statemachine.directory;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand.SetPlacement;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Placement;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.holdings.Candidates;
import io.staddle.statemachine.holdings.Rescue;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;

/// Where grains of a type may be.
final class PlacementRules {
    private PlacementRules() {}

    static Decision set(SetPlacement set, Reads view, Tick tick) {
        for (ClusterId cluster : set.allowed()) {
            if (view.get(Schema.CLUSTERS, cluster).isEmpty()) {
                return refuse(new Refusal.NotFound("cluster", cluster.value()));
            }
        }
        Placement current =
                view.get(Schema.PLACEMENTS, set.type())
                        .orElseGet(() -> Placement.anywhere(set.type()));
        if (current.allowed().equals(set.allowed())) {
            return accept(new Answer.Placed(current));
        }
        if (current.version() != set.seenVersion()) {
            return refuse(
                    new Refusal.VersionConflict(
                            "placement", set.type().name(), set.seenVersion(), current.version()));
        }
        Placement next = new Placement(set.type(), set.allowed(), current.version() + 1);
        List<Event> events = new ArrayList<>();
        events.add(new DirectoryEvent.PlacementSet(next));
        events.addAll(Rescue.events(view, Candidates.of(view).with(next), tick));
        return accept(new Answer.Placed(next), events);
    }
}
