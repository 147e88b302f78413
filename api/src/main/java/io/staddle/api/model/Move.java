package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.MoveId;

import java.util.List;
import java.util.Optional;

/// A failover, fail-back or evacuation: one log entry, however many grains.
///
/// @param fence the fence of `cluster` afterwards
/// @param demotion what else a failover did; only of a failover
/// @param holdings one element a holding, by holding id
/// @param at when it was committed; of a plan the state that it was computed on
public record Move(
        MoveId id,
        MoveKind kind,
        ClusterId cluster,
        Fence fence,
        Optional<Demotion> demotion,
        List<HoldingMove> holdings,
        Since at) {
    /// Copies the list.
    ///
    /// @throws MalformedException if a failover has no demotion, or another move has one
    public Move {
        if (demotion.isPresent() != (kind == MoveKind.FAILOVER)) {
            throw new MalformedException(
                    new Expectation("demotion", "there for a failover only", kind.name()));
        }
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
