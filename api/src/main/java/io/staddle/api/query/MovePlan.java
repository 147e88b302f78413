package io.staddle.api.query;

import io.staddle.api.id.PlanId;
import io.staddle.api.model.Move;
import io.staddle.api.refusal.Refusal;

import java.util.List;

/// What a move would do now, decided by the code that decides. Nothing was changed.
///
/// @param id bound to all that was looked at: a move that carries it is refused if that has changed
/// @param move its time is that of the state that was looked at
/// @param heldBy what holds it back now; the first is what the command would be refused with
/// @param backlogs of the clusters that take part, by cluster; only where there is one
public record MovePlan(PlanId id, Move move, List<Refusal> heldBy, List<Backlog> backlogs) {
    /// Copies the lists.
    public MovePlan {
        heldBy = List.copyOf(heldBy);
        backlogs = List.copyOf(backlogs);
    }
}
