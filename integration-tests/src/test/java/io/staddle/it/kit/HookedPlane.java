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

    /// Called before a call and when it was made; may block, and throw.
    interface Hook {
        void at(Moment moment);
    }

    /// @param call what it is named
    /// @param group whose
    /// @param made whether it was made
    record Moment(PlaneCall call, GroupId group, boolean made) {}

    HookedPlane(MigrationDataPlane plane, Hook hook) {
        this.plane = plane;
        this.hook = hook;
    }

    private <T> T call(PlaneCall call, GroupId group, Supplier<T> made) {
        hook.at(new Moment(call, group, false));
        T answer = made.get();
        hook.at(new Moment(call, group, true));
        return answer;
    }

    @Override
    public Effect addLearner(Move move) {
        return call(PlaneCall.ADD_LEARNER, move.group(), () -> plane.addLearner(move));
    }

    @Override
    public DataProgress progress(Move move) {
        return call(PlaneCall.PROGRESS, move.group(), () -> plane.progress(move));
    }

    @Override
    public Effect promote(Move move) {
        return call(PlaneCall.PROMOTE, move.group(), () -> plane.promote(move));
    }

    @Override
    public Effect pauseWrites(Move move) {
        return call(PlaneCall.PAUSE, move.group(), () -> plane.pauseWrites(move));
    }

    @Override
    public Effect transferLeadership(Move move) {
        return call(PlaneCall.LEAD, move.group(), () -> plane.transferLeadership(move));
    }

    @Override
    public Effect resumeWrites(Move move, Serving serving) {
        return call(PlaneCall.RESUME, move.group(), () -> plane.resumeWrites(move, serving));
    }

    @Override
    public Effect removeMember(Move move) {
        return call(PlaneCall.REMOVE, move.group(), () -> plane.removeMember(move));
    }

    @Override
    public Effect fence(Move move) {
        return call(PlaneCall.FENCE, move.group(), () -> plane.fence(move));
    }

    @Override
    public Effect leave(GroupId group, Removal removal) {
        return call(PlaneCall.LEAVE, group, () -> plane.leave(group, removal));
    }
}
