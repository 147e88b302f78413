package io.staddle.server.liveness;

import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.NodeRecord;
import io.staddle.statemachine.state.GhostPlace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// What data nodes say, with their beats, of the ghosts at them: soft state that begins anew with
/// every term. So a new leader knows nothing yet, and lets every ghost be.
public final class GhostEvidence {
    private final AtomicReference<Heard> current = new AtomicReference<>(new Heard(-1, Map.of()));

    private record Heard(long term, Map<GhostPlace, Said> said) {}

    private record Said(long incarnation, GhostVerdict verdict) {}

    /// Takes what a node says of ghosts at itself; what it says of others' counts for nothing.
    ///
    /// @param term the term in which this server leads
    public void heard(long term, NodeRecord node, List<GhostVerdict> verdicts) {
        Map<GhostPlace, Said> said = of(term).said();
        verdicts.stream()
                .filter(verdict -> verdict.source().equals(node.id()))
                .forEach(verdict ->
                        said.put(
                                new GhostPlace(verdict.vShard(), verdict.source()),
                                new Said(node.incarnation(), verdict)));
    }

    /// Returns what a node said last of the ghost as it is now, in this life of the node.
    public Optional<Finding> of(long term, Ghost ghost, NodeRecord node) {
        return Optional.ofNullable(of(term).said().get(GhostPlace.of(ghost)))
                .filter(said -> said.incarnation() == node.incarnation())
                .map(Said::verdict)
                .filter(verdict -> verdict.seenVersion() == ghost.version())
                .map(GhostVerdict::finding);
    }

    private Heard of(long term) {
        return current.updateAndGet(
                heard -> heard.term() == term ? heard : new Heard(term, new ConcurrentHashMap<>()));
    }
}
