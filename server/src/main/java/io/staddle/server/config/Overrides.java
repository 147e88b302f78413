package io.staddle.server.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The variables of the environment that override the file.
final class Overrides {
    private static final String PREFIX = "STADDLE_";

    /// Below these nothing but a key of the configuration can be meant, so a name that is none is
    /// a slip. Other names that start with the prefix belong to the launcher and the CLI.
    private static final List<String> GROUPS =
            List.of(
                    "LIMITS_",
                    "ELECTION_",
                    "ROCKSDB_",
                    "SNAPSHOT_",
                    "SERVERS_",
                    "INSECURE_",
                    "TLS_",
                    "ACCESS_");

    private Overrides() {}

    /// Returns the variable that overrides `key`.
    static String variable(String key) {
        return PREFIX + key.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
    }

    /// Refuses a variable that looks like an override and is none.
    static void requireKnown(Map<String, String> environment, Set<String> keys) {
        Set<String> known = keys.stream().map(Overrides::variable).collect(Collectors.toSet());
        for (String name : environment.keySet()) {
            boolean meant = GROUPS.stream().anyMatch(group -> name.startsWith(PREFIX + group));
            if (meant && !known.contains(name)) {
                throw new ConfigException(
                        "unknown variable " + name + " of the environment: no such key");
            }
        }
    }
}
