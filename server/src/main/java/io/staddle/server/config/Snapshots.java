package io.staddle.server.config;

/// When a server takes a snapshot by itself: whichever comes first. The log behind it can go then,
/// and need not be read at the next start.
///
/// @param entries key `snapshot.entries`: log entries from one snapshot to the next; 100 to
///     100,000,000, default 400,000
/// @param bytes key `snapshot.bytes`: bytes of commands from one snapshot to the next; 1 MiB to
///     16 GiB, default 64 MiB
public record Snapshots(long entries, long bytes) {}
