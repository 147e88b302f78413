package io.staddle.statemachine.state;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Vote;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where barriers are looked up: those that are open are in memory, those that are decided on disk.
public final class Barriers {
    private Barriers() {}

    /// Returns a scope.
    public static Optional<BarrierScope> scope(ScopeId id, Reads view) {
        return view.get(Schema.BARRIER_SCOPES, id);
    }

    /// Returns a barrier, decided or not.
    public static Optional<BarrierRecord> find(BarrierId id, Reads view) {
        return view.get(Schema.BARRIERS, id).or(() -> view.get(Schema.DECIDED_BARRIERS, id));
    }

    /// Returns the barrier that is begun last, unless it is forgotten.
    public static Optional<BarrierRecord> newest(BarrierScope scope, Reads view) {
        return scope.lastEpoch() == 0
                ? Optional.empty()
                : find(new BarrierId(scope.id(), scope.lastEpoch()), view);
    }

    /// Returns the barrier of a scope that is not decided.
    public static Optional<BarrierRecord> open(BarrierScope scope, Reads view) {
        return scope.lastEpoch() == 0
                ? Optional.empty()
                : view.get(Schema.BARRIERS, new BarrierId(scope.id(), scope.lastEpoch()));
    }

    /// Returns who takes part in a barrier, sorted.
    public static List<Participation> participants(BarrierId id, Reads view) {
        List<Participation> participants = new ArrayList<>();
        try (var rows = view.scan(Schema.BARRIER_SEATS, BarrierSeat.of(id))) {
            rows.forEachRemaining(row -> participants.add(row.value()));
        }
        return participants;
    }

    /// Returns who has not said that it is prepared, sorted.
    public static List<NodeId> missing(BarrierId id, Reads view) {
        return participants(id, view).stream()
                .filter(each -> !isPrepared(each))
                .map(Participation::node)
                .toList();
    }

    /// Tells whether a participant has said that it is prepared.
    public static boolean isPrepared(Participation participant) {
        return participant
                .ballot()
                .map(Ballot::vote)
                .filter(Vote.Prepared.class::isInstance)
                .isPresent();
    }

    /// Returns the range of the barriers of a scope, and of their seats, by epoch.
    ///
    /// @param firstEpoch the first of them
    /// @param endEpoch the first that is not one of them
    public static KeyRange between(ScopeId scope, long firstEpoch, long endEpoch) {
        return new KeyRange(key(scope, firstEpoch), key(scope, endEpoch));
    }

    private static byte[] key(ScopeId scope, long epoch) {
        return new KeyWriter().text(scope.value()).number(epoch).toBytes();
    }
}
