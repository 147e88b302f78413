package io.staddle.statemachine.directory;

import static io.staddle.statemachine.state.GrainCounts.isKept;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.GrainCounts;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

import java.util.Optional;

/// Keeps the [GrainCounts] while there are quotas.
public final class QuotaProjection {
    private QuotaProjection() {}

    /// Notes that grains have another owner, or none.
    static void moved(Optional<ClusterId> from, Optional<ClusterId> to, long grains, Batch batch) {
        if (isKept(Setting.GRAINS_PER_CLUSTER, Configs.of(batch)) && !from.equals(to)) {
            from.ifPresent(owner -> add(GrainCounts.key(owner), -grains, batch));
            to.ifPresent(owner -> add(GrainCounts.key(owner), grains, batch));
        }
    }

    /// Notes that grains of a type came into a holding, or left one.
    static void changed(GrainType type, long change, Batch batch) {
        if (change != 0 && isKept(Setting.GRAINS_PER_TYPE, Configs.of(batch))) {
            add(GrainCounts.key(type), change, batch);
        }
    }

    /// Begins to count, or ends it, as a change of the configuration asks.
    public static void follow(Config before, Config after, Batch batch) {
        for (Setting quota : GrainCounts.QUOTAS) {
            if (!isKept(quota, before) && isKept(quota, after)) {
                GrainCounts.counted(quota, batch)
                        .forEach((key, count) -> batch.put(Schema.NUMBERS, key, count));
            } else if (isKept(quota, before) && !isKept(quota, after)) {
                GrainCounts.counted(quota, batch)
                        .forEach((key, _) -> batch.delete(Schema.NUMBERS, key));
            }
        }
    }

    private static void add(String key, long change, Batch batch) {
        long next = Numbers.get(batch, key) + change;
        if (next == 0) {
            batch.delete(Schema.NUMBERS, key);
        } else {
            batch.put(Schema.NUMBERS, key, next);
        }
    }
}
