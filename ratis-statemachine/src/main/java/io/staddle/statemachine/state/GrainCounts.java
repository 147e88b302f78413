package io.staddle.statemachine.state;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Config;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Setting;
import io.staddle.storage.Batch;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How many grains each cluster owns, and how many of each type are in a holding: exact, in
/// [Schema#NUMBERS], and only while a quota bounds them. Then each grant and each release costs a
/// row more for each quota; without one it costs nothing. What moves a holding moves its count.
public final class GrainCounts {
    private static final String OF_CLUSTER = "grains_of_cluster/";
    private static final String OF_TYPE = "grains_of_type/";
    private static final List<Setting> QUOTAS =
            List.of(Setting.GRAINS_PER_CLUSTER, Setting.GRAINS_PER_TYPE);

    private GrainCounts() {}

    /// Returns how many grains a cluster owns; only while that is bounded.
    public static long of(ClusterId cluster, Reads view) {
        return Numbers.get(view, OF_CLUSTER + cluster.value());
    }

    /// Returns how many grains of a type are in a holding; only while that is bounded.
    public static long of(GrainType type, Reads view) {
        return Numbers.get(view, OF_TYPE + type.name());
    }

    /// Notes that grains have another owner, or none.
    public static void moved(
            Optional<ClusterId> from, Optional<ClusterId> to, long grains, Batch batch) {
        if (isKept(Setting.GRAINS_PER_CLUSTER, Configs.of(batch)) && !from.equals(to)) {
            from.ifPresent(owner -> add(OF_CLUSTER + owner.value(), -grains, batch));
            to.ifPresent(owner -> add(OF_CLUSTER + owner.value(), grains, batch));
        }
    }

    /// Notes that grains of a type came into a holding, or left one.
    public static void changed(GrainType type, long change, Batch batch) {
        if (change != 0 && isKept(Setting.GRAINS_PER_TYPE, Configs.of(batch))) {
            add(OF_TYPE + type.name(), change, batch);
        }
    }

    /// Tells whether anything is counted.
    public static boolean areKept(Reads view) {
        Config config = Configs.of(view);
        return isKept(Setting.GRAINS_PER_CLUSTER, config)
                || isKept(Setting.GRAINS_PER_TYPE, config);
    }

    /// Begins to count, or ends it, as a change of the configuration asks. It costs a look at each
    /// holding.
    public static void follow(Config before, Config after, Batch batch) {
        for (Setting quota : QUOTAS) {
            if (!isKept(quota, before) && isKept(quota, after)) {
                counted(quota, batch)
                        .forEach((key, count) -> batch.put(Schema.NUMBERS, key, count));
            } else if (isKept(quota, before) && !isKept(quota, after)) {
                counted(quota, batch).forEach((key, _) -> batch.delete(Schema.NUMBERS, key));
            }
        }
    }

    /// Returns the counts that a state ought to keep, by their keys in [Schema#NUMBERS].
    public static Map<String, Long> expected(Reads view) {
        Map<String, Long> all = new TreeMap<>();
        Config config = Configs.of(view);
        QUOTAS.stream()
                .filter(quota -> isKept(quota, config))
                .forEach(quota -> all.putAll(counted(quota, view)));
        return all;
    }

    /// Tells whether a key of [Schema#NUMBERS] is that of such a count.
    public static boolean isCount(String key) {
        return key.startsWith(OF_CLUSTER) || key.startsWith(OF_TYPE);
    }

    private static boolean isKept(Setting quota, Config config) {
        return config.get(quota) > 0;
    }

    private static Map<String, Long> counted(Setting quota, Reads view) {
        Map<String, Long> counts = new TreeMap<>();
        try (var rows = view.scan(Schema.HOLDINGS, KeyRange.all())) {
            while (rows.hasNext()) {
                Holding holding = rows.next().value();
                long grains = view.get(Schema.HOLDING_COUNTS, holding.id()).orElse(0L);
                Optional<String> key =
                        quota == Setting.GRAINS_PER_TYPE
                                ? Optional.of(OF_TYPE + holding.type().name())
                                : holding.owner().map(owner -> OF_CLUSTER + owner.value());
                if (grains > 0) {
                    key.ifPresent(each -> counts.merge(each, grains, Long::sum));
                }
            }
        }
        return counts;
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
