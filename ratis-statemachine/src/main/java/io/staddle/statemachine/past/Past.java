package io.staddle.statemachine.past;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.VShardId;
import io.staddle.api.query.Moment;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.past.Resolution.Refused;
import io.staddle.statemachine.past.Resolution.Seen;
import io.staddle.statemachine.state.EntryUndo;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.UndoneRow;
import io.staddle.storage.Reads;
import io.staddle.storage.View;

import java.util.List;
import java.util.function.ToLongFunction;

/// Finds the states of the past that one can ask for.
public final class Past {
    private final UndoIndex index;

    /// @param index of the deployment whose states are asked for
    public Past(UndoIndex index) {
        this.index = index;
    }

    /// Returns the state of a moment.
    ///
    /// @param present a view that knows all of the past that is asked for
    /// @param wallMillis a clock's time: no later moment has been
    public Resolution at(Moment moment, View present, long wallMillis) {
        return switch (moment) {
            case Moment.AtRevision(var revision) -> at(revision, moment, present);
            case Moment.AtTime(var millis) -> atTime(millis, moment, present, wallMillis);
            case Moment.AtEpoch(var grain, var epoch) ->
                    lastOf(epoch.value(), state -> epochOf(grain, state), moment, present);
            case Moment.AtFence(var cluster, var fence) ->
                    lastOf(fence.value(), state -> fenceOf(cluster, state), moment, present);
            case Moment.AtVShardEpoch(var vShard, var epoch) ->
                    lastOf(epoch.value(), state -> epochOf(vShard, state), moment, present);
        };
    }

    /// Tells whether a moment is over as `state` knows: no entry that comes later changes what was
    /// then, so it need not be the newest state to answer from.
    public static boolean isOver(Moment moment, View state) {
        return switch (moment) {
            case Moment.AtRevision(var revision) -> revision.index() <= state.applied().index();
            case Moment.AtTime(var millis) -> millis < Numbers.get(state, Numbers.LOGICAL_NOW);
            case Moment.AtEpoch(var grain, var epoch) -> epoch.value() < epochOf(grain, state);
            case Moment.AtFence(var cluster, var fence) -> fence.value() < fenceOf(cluster, state);
            case Moment.AtVShardEpoch(var vShard, var epoch) ->
                    epoch.value() < epochOf(vShard, state);
        };
    }

    private static long epochOf(GrainId grain, Reads state) {
        return Ownerships.of(grain, state).epoch().value();
    }

    private static long epochOf(VShardId vShard, Reads state) {
        return state.get(Schema.V_SHARDS, vShard)
                .map(each -> each.epoch())
                .orElse(Epoch.NONE)
                .value();
    }

    private static long fenceOf(ClusterId cluster, Reads state) {
        return state.get(Schema.FENCES, cluster).orElse(Fence.NONE).value();
    }

    /// Returns the time that deadlines of a state count from: a state of the past has its own.
    public static long nowMillis(View state, long wallMillis) {
        return state instanceof PastView past ? past.atMillis() : wallMillis;
    }

    private Resolution at(Revision revision, Moment asked, View present) {
        long applied = present.applied().index();
        if (revision.index() > applied) {
            return new Refused(notYet(asked, present));
        }
        Revision oldest = Kept.oldest(present);
        boolean isPresent = revision.equals(after(applied));
        if (revision.compareTo(oldest) < 0 && !isPresent) {
            return new Refused(trimmed(asked, present));
        }
        return new Seen(revision, state(revision, present));
    }

    private Resolution atTime(long millis, Moment asked, View present, long wallMillis) {
        long now = Kept.atMillis(present.applied().index(), present);
        if (millis > Math.max(wallMillis, now)) {
            return new Refused(notYet(asked, present));
        }
        long last = Kept.lastUntil(millis, present);
        return last < Kept.oldest(present).index() && millis < now
                ? new Refused(trimmed(asked, present))
                : at(new Revision(last, Integer.MAX_VALUE), asked, present);
    }

    /// Epochs never fall, so the last state with one is found by halving.
    private Resolution lastOf(
            long epoch, ToLongFunction<Reads> epochOf, Moment asked, View present) {
        long applied = present.applied().index();
        long oldest = Math.min(Kept.oldest(present).index(), applied);
        if (epochOf.applyAsLong(present) < epoch) {
            return new Refused(notYet(asked, present));
        }
        if (epochOf.applyAsLong(state(first(oldest), present)) > epoch) {
            return new Refused(trimmed(asked, present));
        }
        long low = oldest - 1;
        long high = applied;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (epochOf.applyAsLong(state(after(middle), present)) <= epoch) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Revision start = low < oldest ? first(oldest) : after(low);
        Revision last = within(low + 1, start, epoch, epochOf, present);
        return epochOf.applyAsLong(state(last, present)) == epoch
                ? new Seen(last, state(last, present))
                : new Refused(new Refusal.NotFound("state", asked.toString()));
    }

    /// An entry may have begun with commands that left the epoch.
    private Revision within(
            long entry, Revision start, long epoch, ToLongFunction<Reads> epochOf, View present) {
        Revision last = start;
        List<UndoneRow> rows =
                present.get(Schema.UNDO, entry).map(EntryUndo::rows).orElseGet(List::of);
        for (UndoneRow row : rows) {
            Revision next = new Revision(entry, row.ordinal());
            if (epochOf.applyAsLong(state(next, present)) > epoch) {
                return last;
            }
            last = next;
        }
        return last;
    }

    private View state(Revision revision, View present) {
        return new PastView(present, revision, index);
    }

    private static Revision first(long index) {
        return new Revision(index, 0);
    }

    private static Revision after(long index) {
        return new Revision(index, Integer.MAX_VALUE);
    }

    private static Refusal trimmed(Moment asked, View present) {
        Revision oldest = Kept.oldest(present);
        return new Refusal.Trimmed(
                asked.toString(), oldest, Kept.atMillis(oldest.index(), present));
    }

    private static Refusal notYet(Moment asked, View present) {
        long applied = present.applied().index();
        return new Refusal.NotYet(
                asked.toString(), first(applied), Kept.atMillis(applied, present));
    }
}
