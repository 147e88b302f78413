package io.staddle.server.task;

import io.staddle.api.command.GhostCommand.SweepGhosts;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.statemachine.migration.GhostSweep;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.List;

/// Removes ghosts that nobody needs: their node has left, or says that nobody comes.
public final class GhostSweeper implements LeaderTask {
    private final Vigil vigil;

    /// @param vigil who was heard when, and what was said
    public GhostSweeper(Vigil vigil) {
        this.vigil = vigil;
    }

    @Override
    public String name() {
        return "ghost-sweeper";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(10);
    }

    @Override
    public void run(View view, Proposer proposer) {
        long term = vigil.term().getAsLong();
        List<GhostVerdict> superfluous =
                new GhostSweep(
                                view,
                                vigil.clock().millis(),
                                (ghost, node) -> vigil.liveness().ghosts().of(term, ghost, node))
                        .verdicts().stream()
                                .filter(verdict -> verdict.finding() == Finding.PURGE)
                                .limit(Housekeeping.MAX)
                                .toList();
        if (!superfluous.isEmpty()) {
            proposer.propose(new SweepGhosts(superfluous));
        }
    }
}
