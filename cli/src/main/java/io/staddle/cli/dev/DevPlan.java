package io.staddle.cli.dev;

import io.staddle.cli.shell.CliException;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// What `staddle dev` is going to do, decided from what is there.
///
/// @param start the servers to start, by number
/// @param format whether to format their data directories first
record DevPlan(List<DevServer> start, boolean format) {

    /// Decides it.
    ///
    /// Only three together are ever formatted: a server that lost its data must not come back
    /// empty, because it may have voted and acknowledged.
    ///
    /// @param only the one server to start; empty for all
    /// @param isFormatted tells whether the data of a server is there
    static DevPlan of(DevLayout layout, OptionalInt only, Predicate<DevServer> isFormatted) {
        List<DevServer> servers = layout.servers();
        List<DevServer> wanted =
                only.isPresent() ? List.of(layout.server(only.getAsInt())) : servers;
        boolean noneThere = servers.stream().noneMatch(isFormatted);
        if (noneThere && only.isEmpty()) {
            return new DevPlan(wanted, true);
        }
        List<String> missing =
                wanted.stream()
                        .filter(isFormatted.negate())
                        .map(each -> each.directory().getFileName().toString())
                        .toList();
        if (missing.isEmpty()) {
            return new DevPlan(wanted, false);
        }
        throw noneThere ? nothingThere(layout) : lost(layout, servers, missing);
    }

    private static CliException nothingThere(DevLayout layout) {
        return CliException.refused(
                "there is no data in " + layout.directory() + " yet",
                "Start all three first: staddle dev");
    }

    private static CliException lost(
            DevLayout layout, List<DevServer> servers, List<String> missing) {
        List<Integer> left =
                servers.stream()
                        .filter(each -> !missing.contains(each.directory().getFileName() + ""))
                        .map(DevServer::number)
                        .toList();
        return CliException.refused(
                "the data of " + String.join(" and ", missing) + " is gone, of others it is there",
                "A server that lost its data must not come back empty. Put it back; or start those"
                        + " that are left, each with --only ("
                        + left
                        + "); or remove "
                        + layout.directory()
                        + " to begin anew.");
    }
}
