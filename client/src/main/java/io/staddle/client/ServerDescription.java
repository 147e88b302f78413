package io.staddle.client;

import java.util.List;
import java.util.Map;

/// What a server says of itself.
///
/// @param server its name
/// @param role `leader`, `follower`, `candidate` or another word of Raft
/// @param leader the name of the server that it takes for the leader; empty if it knows none
/// @param log how far it has got
/// @param storage what it keeps
/// @param ready whether it takes calls
/// @param deployment the name of the deployment that it belongs to
/// @param incarnation which data directory it has
/// @param peers the names of the other servers of the quorum, as it knows them
/// @param members all servers of the quorum, as it knows them; empty if its version does not say
/// @param levels the feature levels that it knows
public record ServerDescription(
        String server,
        Addresses addresses,
        String role,
        String leader,
        String leaderApiAddress,
        Log log,
        Storage storage,
        Clock clock,
        String version,
        boolean ready,
        String deployment,
        String incarnation,
        List<String> peers,
        List<ServerMember> members,
        Levels levels) {
    /// Copies the lists.
    public ServerDescription {
        peers = List.copyOf(peers);
        members = List.copyOf(members);
    }

    /// Tells whether it leads.
    public boolean leads() {
        return role.equalsIgnoreCase("leader");
    }

    /// Where it listens.
    ///
    /// @param api for clients
    /// @param raft for the other servers
    public record Addresses(String api, String raft) {}

    /// How far it has got, in log indices.
    ///
    /// @param matchIndex of the leader: what each follower has, by its name
    public record Log(
            long term, long appliedIndex, long commitIndex, Map<String, Long> matchIndex) {
        /// Copies the map.
        public Log {
            matchIndex = Map.copyOf(matchIndex);
        }
    }

    /// What it keeps.
    ///
    /// @param snapshotIndex the log index of its newest snapshot; 0 for none
    public record Storage(long snapshotIndex, long dataBytes) {}

    /// Feature levels.
    ///
    /// @param newest the highest that it has; 0 if its version does not say
    /// @param inForce the one in force, as far as it has got
    public record Levels(int newest, int inForce) {}

    /// Its clocks.
    ///
    /// @param nowMillis of its own clock, since 1970
    /// @param logicalNowMillis of its state machine, since 1970
    public record Clock(long uptimeMillis, long nowMillis, long logicalNowMillis) {}
}
