package io.staddle.client;

import java.util.List;
import java.util.Optional;

/// What servers answer to an operator.
public final class ServerReports {
    private ServerReports() {}

    /// The digest of a server's state. Equal index means equal digest on all servers.
    ///
    /// @param digest kept with each log entry
    /// @param recomputed from all rows, if that was asked for; it differs only if rows are damaged
    /// @param agreedIndex the newest index at which the server saw that another one had the same
    ///     digest; -1 for none
    /// @param differing the servers that had another digest at an equal index, when the server
    ///     compared last, which it does by itself
    public record Digest(
            String server,
            long index,
            String digest,
            Optional<String> recomputed,
            long agreedIndex,
            List<String> differing) {
        /// Copies the list.
        public Digest {
            differing = List.copyOf(differing);
        }
    }

    /// A snapshot was taken.
    ///
    /// @param index the log index of the state in it
    /// @param millis how long it took
    public record Snapshot(String server, long index, long millis) {}

    /// Another server leads.
    ///
    /// @param leader its name
    /// @param millis how long it took
    public record Transfer(String leader, long millis) {}
}
