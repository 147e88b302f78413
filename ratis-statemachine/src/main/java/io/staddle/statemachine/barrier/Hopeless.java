package io.staddle.statemachine.barrier;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision.Aborted;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Deadlines;
import io.staddle.statemachine.state.LeaseHold;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which open barriers cannot come to a good end any more: for the leader's task, and again when
/// its command is applied.
///
/// A participant that is called like a registered data node is that node, in the incarnation that
/// it is registered with. Of others nothing is known but what they vote.
public final class Hopeless {
    private Hopeless() {}

    /// Returns how an open barrier is to be aborted; empty if it may go on.
    public static Optional<Aborted> why(BarrierRecord barrier, Reads view, long nowMillis) {
        if (isLate(barrier, view, nowMillis)) {
            List<NodeId> missing = Barriers.missing(barrier.id(), view);
            return Optional.of(aborted(BarrierAbortCode.TIMED_OUT, missing, nowMillis));
        }
        if (view.values(Schema.NODES).isEmpty()) {
            return Optional.empty();
        }
        List<Participation> all = Barriers.participants(barrier.id(), view);
        List<NodeId> restarted = nodes(all, each -> hasRestarted(each, view));
        if (!restarted.isEmpty()) {
            return Optional.of(
                    aborted(BarrierAbortCode.PARTICIPANT_RESTARTED, restarted, nowMillis));
        }
        List<NodeId> lost =
                nodes(all, each -> each.ballot().isEmpty() && isSilent(each, view, nowMillis));
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(aborted(BarrierAbortCode.PARTICIPANT_LOST, lost, nowMillis));
    }

    /// Tells whether the deadline of an open barrier has passed.
    public static boolean isLate(BarrierRecord barrier, Reads view, long nowMillis) {
        return nowMillis >= Deadlines.of(barrier, view);
    }

    private static boolean hasRestarted(Participation participant, Reads view) {
        return node(participant, view)
                .filter(node -> node.incarnation() > participant.incarnation())
                .isPresent();
    }

    private static boolean isSilent(Participation participant, Reads view, long nowMillis) {
        return node(participant, view).filter(node -> isSilent(node, view, nowMillis)).isPresent();
    }

    /// Tells whether a data node has not been heard for too long.
    static boolean isSilent(NodeRecord node, Reads view, long nowMillis) {
        long led = Numbers.get(view, Numbers.LED_SINCE);
        long max = Configs.of(view).get(Setting.NODE_SUSPECT_AFTER_MILLIS);
        return LeaseHold.elapsed(Math.max(node.seenMillis(), led), nowMillis, view) > max;
    }

    private static Optional<NodeRecord> node(Participation participant, Reads view) {
        return view.get(Schema.NODES, participant.node());
    }

    private static List<NodeId> nodes(List<Participation> all, Predicate<Participation> which) {
        return all.stream().filter(which).map(Participation::node).toList();
    }

    private static Aborted aborted(BarrierAbortCode code, List<NodeId> nodes, long nowMillis) {
        return new Aborted(code, "", nodes, nowMillis);
    }
}
