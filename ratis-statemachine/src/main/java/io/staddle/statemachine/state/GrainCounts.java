package io.staddle.statemachine.state;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Config;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Setting;
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

    /// The settings that are quotas.
    public static final List<Setting> QUOTAS =
            List.of(Setting.GRAINS_PER_CLUSTER, Setting.GRAINS_PER_TYPE);

    private GrainCounts() {}

    /// Returns the key of the count of a cluster.
    public static String key(ClusterId cluster) {
        return OF_CLUSTER + cluster.value();
    }

    /// Returns the key of the count of a type.
    public static String key(GrainType type) {
        return OF_TYPE + type.name();
    }

    /// Returns how many grains a cluster owns; only while that is bounded.
    public static long of(ClusterId cluster, Reads view) {
        return Numbers.get(view, key(cluster));
    }

    /// Returns how many grains of a type are in a holding; only while that is bounded.
    public static long of(GrainType type, Reads view) {
        return Numbers.get(view, key(type));
    }

    /// Tells whether anything is counted.
    public static boolean areKept(Reads view) {
        Config config = Configs.of(view);
        return isKept(Setting.GRAINS_PER_CLUSTER, config)
                || isKept(Setting.GRAINS_PER_TYPE, config);
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

    /// Tells whether a configuration has a quota.
    public static boolean isKept(Setting quota, Config config) {
        return config.get(quota) > 0;
    }

    /// Counts what a quota bounds, by the keys in [Schema#NUMBERS]. It looks at each holding.
    public static Map<String, Long> counted(Setting quota, Reads view) {
        Map<String, Long> counts = new TreeMap<>();
        try (var rows = view.scan(Schema.HOLDINGS, KeyRange.all())) {
            while (rows.hasNext()) {
                Holding holding = rows.next().value();
                long grains = view.get(Schema.HOLDING_COUNTS, holding.id()).orElse(0L);
                Optional<String> key =
                        quota == Setting.GRAINS_PER_TYPE
                                ? Optional.of(key(holding.type()))
                                : holding.owner().map(GrainCounts::key);
                if (grains > 0) {
                    key.ifPresent(each -> counts.merge(each, grains, Long::sum));
                }
            }
        }
        return counts;
    }
}
