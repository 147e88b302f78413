package io.staddle.it.kit;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How the servers of a test cluster are set up.
///
/// @param name what its directory is called
/// @param environment settings of the servers, as variables of their environment
/// @param disks where the data of a server is, if not in the directory of the cluster; by the
///     number of the server, from 0
/// @param wired whether the servers reach each other through [Wires], which can be cut
public record ClusterSettings(
        String name, Map<String, String> environment, Map<Integer, Path> disks, boolean wired) {
    /// Elections in 300 to 600 ms and everything else as it is by default.
    public static ClusterSettings named(String name) {
        return new ClusterSettings(name, Map.of(), Map.of(), false);
    }

    /// Copies the maps.
    public ClusterSettings {
        environment = Map.copyOf(environment);
        disks = Map.copyOf(disks);
    }

    /// Returns the same with a key of the configuration set, such as `snapshot.entries`.
    public ClusterSettings with(String key, Object value) {
        Map<String, String> more = new TreeMap<>(environment);
        String variable = "STADDLE_" + key.replaceAll("[^A-Za-z0-9]", "_");
        more.put(variable.toUpperCase(Locale.ROOT), value.toString());
        return new ClusterSettings(name, more, disks, wired);
    }

    /// Returns the same with more options of the servers' JVMs.
    public ClusterSettings inJvm(String options) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put("JAVA_TOOL_OPTIONS", options);
        return new ClusterSettings(name, more, disks, wired);
    }

    /// Returns the same with the data of one server on a disk of its own.
    public ClusterSettings onDisk(int server, Path disk) {
        Map<Integer, Path> more = new TreeMap<>(disks);
        more.put(server, disk);
        return new ClusterSettings(name, environment, more, wired);
    }

    /// Returns the same with wires between the servers.
    public ClusterSettings throughWires() {
        return new ClusterSettings(name, environment, disks, true);
    }

    Optional<Path> disk(int server) {
        return Optional.ofNullable(disks.get(server));
    }
}
