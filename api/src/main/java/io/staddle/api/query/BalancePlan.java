package io.staddle.api.query;

import io.staddle.api.id.PlanId;

import java.util.List;

/// Which vShards should move now, decided by the code that decides. Nothing was changed.
///
/// @param id bound to all that was looked at: it is refused if that has changed
/// @param shifts what would begin now, in this order
/// @param held what would not, and why
/// @param loads of each node, by its name
public record BalancePlan(
        PlanId id,
        PlanWish wish,
        List<PlannedShift> shifts,
        List<HeldShifts> held,
        List<NodeLoad> loads) {
    /// Copies the lists.
    public BalancePlan {
        shifts = List.copyOf(shifts);
        held = List.copyOf(held);
        loads = List.copyOf(loads);
    }
}
