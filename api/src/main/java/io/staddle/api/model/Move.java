package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;

import java.util.List;

/// A failover, fail-back or evacuation: one log entry, however many grains.
///
/// @param fence the fence of `cluster` afterwards
/// @param holdings one element a holding, by holding id
/// @param at when it was committed; of a preview the state that it was computed on
public record Move(
        MoveId id,
        MoveKind kind,
        ClusterId cluster,
        Fence fence,
        List<HoldingMove> holdings,
        Since at) {
    /// Copies the list.
    public Move {
        holdings = List.copyOf(holdings);
    }

    /// Counts the grains that got a new owner.
    public long grainsMoved() {
        return count(HoldingMove.Fate.To.class);
    }

    /// Counts the grains that nobody owns now.
    public long grainsStranded() {
        return count(HoldingMove.Fate.Stranded.class);
    }

    private long count(Class<? extends HoldingMove.Fate> fate) {
        return holdings.stream()
                .filter(move -> fate.isInstance(move.fate()))
                .mapToLong(HoldingMove::grains)
                .sum();
    }
}
