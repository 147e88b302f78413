package io.staddle.server.config;

/// Bounds on what one server takes on. Whoever exceeds one is told at once, with its name.
///
/// @param commandsInFlight key `limits.commands-in-flight`: commands that wait or are being
///     committed; `batchCommands` to 1,000,000, default 32,768
/// @param bytesInFlight key `limits.bytes-in-flight`: their size; `messageBytes` to 1 GiB,
///     default 64 MiB
/// @param batchCommands key `limits.batch-commands`: commands or queries in one call; 1 to
///     100,000, default 10,000
/// @param entryCommands key `limits.entry-commands`: commands in one log entry; 1 to 10,000,
///     default 1,024
/// @param entryBytes key `limits.entry-bytes`: their size, unless a single command is larger;
///     1 KiB to 3 MiB, default 512 KiB
/// @param entriesInFlight key `limits.entries-in-flight`: log entries being committed at the same
///     time; 1 to 64, default 3
/// @param pipelinedCommands key `limits.pipelined-commands`: how many commands must wait before
///     a second entry is sent beside one in flight; 1 to 10,000, default 16
/// @param queriesInFlight key `limits.queries-in-flight`: queries that wait or are being answered;
///     `batchCommands` to 1,000,000, default 65,536
/// @param messageBytes key `limits.message-bytes`: the largest request; 64 KiB to 64 MiB, default
///     4 MiB
/// @param pageSize key `limits.page-size`: rows in one page of a list; 1 to 100,000, default
///     10,000
/// @param deadlineMillis key `limits.deadline-millis`: how long a call may take if its caller does
///     not say, or says more; 100 to 600,000, default 10,000
/// @param vitalPercent key `limits.vital-percent`: how much of what may be in flight commands that
///     bring something new leave to those that have to go on; 0 to 50, default 10. Never so much
///     that a full batch, or the largest request, finds no room
/// @param callers keys `limits.connections`, `limits.calls-per-connection`,
///     `limits.watches-per-connection` and `limits.watches`
/// @param diskReserveBytes key `limits.disk-reserve-bytes`: while less of the disk is free, the
///     leader takes in only what has to go on; 0 to 1 TiB, default 256 MiB
public record Limits(
        int commandsInFlight,
        long bytesInFlight,
        int batchCommands,
        int entryCommands,
        long entryBytes,
        int entriesInFlight,
        int pipelinedCommands,
        int queriesInFlight,
        int messageBytes,
        int pageSize,
        int deadlineMillis,
        int vitalPercent,
        CallerLimits callers,
        long diskReserveBytes) {}
