package io.staddle.client;

/// A server of the quorum, as another one knows it.
///
/// @param api where it listens for clients
/// @param raft where it listens for the other servers
/// @param votes whether it counts; one that is being added listens until it has caught up
/// @param priority the highest of those who have everything leads
/// @param matchIndex how far its log is, if the leader was asked; else 0
/// @param silentMillis since when the leader has heard nothing of it
/// @param newestLevel the highest feature level that it has; 0 if it does not say
/// @param version its build; empty if it does not say
public record ServerMember(
        String server,
        String api,
        String raft,
        boolean votes,
        int priority,
        long matchIndex,
        long silentMillis,
        int newestLevel,
        String version) {}
