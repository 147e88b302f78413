package io.staddle.server.admission;

import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;

/// Says that the quorum knows a server with another data directory.
final class Replaced {
    private Replaced() {}

    static DataRefusedException of(Identity mine, String known, String by) {
        return new DataRefusedException(
                "%s knows server %s with the data directory %s, but this one is %s: its disk was"
                                .formatted(by, mine.server(), known, mine.incarnation())
                        + " wiped or swapped, and what it acknowledged may be lost with it",
                "Bring back the old directory, or replace the server (docs/operations.md); never"
                        + " format it under the same name");
    }
}
