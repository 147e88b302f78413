package io.staddle.statemachine.balance;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.Migrations;
import io.staddle.storage.Reads;

import java.util.Optional;

/// What the leader calls the migrations that it begins by itself, and when it tries again what was
/// aborted: five seconds later, and twice as long after each further abort, up to five minutes.
/// Else one target that cannot would keep the others waiting without end.
public final class Attempts {
    private static final long FIRST_MILLIS = 5_000;
    private static final int DOUBLINGS_MAX = 6;

    private final String prefix;
    private final Reads view;
    private final long nowMillis;

    /// Looks at the state that `view` shows.
    ///
    /// @param prefix what the ids begin with
    /// @param nowMillis logical time
    public Attempts(String prefix, Reads view, long nowMillis) {
        this.prefix = prefix;
        this.view = view;
        this.nowMillis = nowMillis;
    }

    /// Returns what to call the next migration of a vShard; empty while it is to be left alone.
    public Optional<MigrationId> next(VShardRecord vShard) {
        long last = vShard.migrations();
        Optional<MigrationRecord> aborted = aborted(vShard, last);
        boolean isDue =
                aborted.isEmpty()
                        || nowMillis - aborted.get().stage().sinceMillis()
                                >= FIRST_MILLIS << Math.min(before(vShard, last), DOUBLINGS_MAX);
        return isDue ? Optional.of(id(vShard, last + 1)) : Optional.empty();
    }

    /// Returns how many were aborted one after the other before that one, as far as it matters.
    private int before(VShardRecord vShard, long number) {
        int count = 0;
        while (count < DOUBLINGS_MAX && aborted(vShard, number - count - 1).isPresent()) {
            count++;
        }
        return count;
    }

    private Optional<MigrationRecord> aborted(VShardRecord vShard, long number) {
        return Migrations.find(id(vShard, number), view)
                .filter(each -> each.phase() == MigrationPhase.ABORTED);
    }

    private MigrationId id(VShardRecord vShard, long number) {
        return new MigrationId(prefix + "-" + vShard.id() + "-" + number);
    }
}
