package io.staddle.it.kit;

import io.staddle.api.id.GroupId;
import io.staddle.api.model.Removal;
import io.staddle.client.migration.DataProgress;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.MigrationDataPlane;
import io.staddle.client.migration.Move;
import io.staddle.client.migration.Serving;

import java.util.function.Supplier;

/// A data plane with a hook before and after each call.
final class HookedPlane implements MigrationDataPlane {
    private final MigrationDataPlane plane;
    private final Hook hook;

    /// Called with what the call is named, and whether it was made; may block, and throw.
    interface Hook {
        void at(PlaneCall call, boolean made);
    }

    HookedPlane(MigrationDataPlane plane, Hook hook) {
        this.plane = plane;
        this.hook = hook;
    }

    private <T> T call(PlaneCall call, Supplier<T> made) {
        hook.at(call, false);
        T answer = made.get();
        hook.at(call, true);
        return answer;
    }

    @Override
    public Effect addLearner(Move move) {
        return call(PlaneCall.ADD_LEARNER, () -> plane.addLearner(move));
    }

    @Override
    public DataProgress progress(Move move) {
        return call(PlaneCall.PROGRESS, () -> plane.progress(move));
    }

    @Override
    public Effect promote(Move move) {
        return call(PlaneCall.PROMOTE, () -> plane.promote(move));
    }

    @Override
    public Effect pauseWrites(Move move) {
        return call(PlaneCall.PAUSE, () -> plane.pauseWrites(move));
    }

    @Override
    public Effect transferLeadership(Move move) {
        return call(PlaneCall.LEAD, () -> plane.transferLeadership(move));
    }

    @Override
    public Effect resumeWrites(Move move, Serving serving) {
        return call(PlaneCall.RESUME, () -> plane.resumeWrites(move, serving));
    }

    @Override
    public Effect removeMember(Move move) {
        return call(PlaneCall.REMOVE, () -> plane.removeMember(move));
    }

    @Override
    public Effect fence(Move move) {
        return call(PlaneCall.FENCE, () -> plane.fence(move));
    }

    @Override
    public Effect leave(GroupId group, Removal removal) {
        return call(PlaneCall.LEAVE, () -> plane.leave(group, removal));
    }
}
