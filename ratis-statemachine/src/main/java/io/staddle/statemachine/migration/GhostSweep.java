package io.staddle.statemachine.migration;

import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Which ghosts nobody needs any more, by evidence alone: age makes none superfluous.
///
/// ```
/// its node has left, or is not known        PURGE
/// it is younger than `ghosts.keep-millis`   KEEP
/// its node has said in this life of its     what it said last
/// else                                      INCONCLUSIVE
/// ```
public final class GhostSweep {
    private final Reads view;
    private final long nowMillis;
    private final BiFunction<Ghost, NodeRecord, Optional<Finding>> said;

    /// @param nowMillis logical time
    /// @param said what the node of a ghost, in the life that is registered, said of it last
    public GhostSweep(
            Reads view, long nowMillis, BiFunction<Ghost, NodeRecord, Optional<Finding>> said) {
        this.view = view;
        this.nowMillis = nowMillis;
        this.said = said;
    }

    /// Returns a verdict on each ghost, by vShard and node.
    public List<GhostVerdict> verdicts() {
        return view.values(Schema.GHOSTS).stream()
                .map(ghost ->
                        new GhostVerdict(
                                ghost.vShard(), ghost.source(), finding(ghost), ghost.version()))
                .toList();
    }

    private Finding finding(Ghost ghost) {
        Optional<NodeRecord> source =
                view.get(Schema.NODES, ghost.source())
                        .filter(node -> node.state() != NodeState.DECOMMISSIONED);
        if (source.isEmpty()) {
            return Finding.PURGE;
        }
        long age = nowMillis - ghost.createdMillis();
        return age < Configs.of(view).get(Setting.GHOST_KEEP_MILLIS)
                ? Finding.KEEP
                : said.apply(ghost, source.get()).orElse(Finding.INCONCLUSIVE);
    }
}
