package io.staddle.server.front;

import io.staddle.server.config.Limits;

/// How much may be held until a lane is full. Ordinary commands leave a share of it to those that
/// have to go on, and what is vital leaves half of that share to what is urgent.
///
/// @param lane whose it is
/// @param commands how many, of all lanes together
/// @param bytes how large, likewise
/// @param percent how much of what there is was to be kept from this lane
record Room(Lane lane, int commands, long bytes, int percent) {
    static Room of(Lane lane, Limits limits) {
        int percent =
                switch (lane) {
                    case URGENT -> 0;
                    case VITAL -> limits.vitalPercent() / 2;
                    case ORDINARY -> limits.vitalPercent();
                };
        long commands = left(limits.commandsInFlight(), percent);
        long bytes = left(limits.bytesInFlight(), percent);
        return new Room(
                lane,
                // A call that is alone here always finds room.
                (int) Math.max(commands, limits.batchCommands()),
                Math.max(bytes, limits.messageBytes()),
                percent);
    }

    /// Returns what to say to a caller who finds it full.
    ///
    /// @param limit the key of what was exceeded
    UnansweredException full(String limit, long max) {
        String kept =
                percent == 0
                        ? ""
                        : "; %d %% of that is kept for what has to go on (limits.vital-percent)"
                                .formatted(percent);
        return Failures.overloaded(
                "this server is full: limits.%s is %d%s; try again in a moment"
                        .formatted(limit, max, kept));
    }

    private static long left(long all, int percent) {
        return all - all * percent / 100;
    }
}
