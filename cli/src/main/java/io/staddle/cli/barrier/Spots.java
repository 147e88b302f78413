package io.staddle.cli.barrier;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.Participation;
import io.staddle.cli.shell.CliException;

/// Reads names of barriers and of participants from the command line.
final class Spots {
    private Spots() {}

    /// Reads `SCOPE/EPOCH`.
    static BarrierId barrier(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,19}")) {
            throw usage("a barrier must be written SCOPE/EPOCH, but is \"" + text + "\"");
        }
        try {
            return new BarrierId(scope(parts[0]), Long.parseLong(parts[1]));
        } catch (NumberFormatException | MalformedException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    static ScopeId scope(String text) {
        try {
            return new ScopeId(text);
        } catch (MalformedException e) {
            throw usage(e.expectation().toString());
        }
    }

    /// Reads `NODE` or `NODE:INCARNATION`.
    static Participation participant(String text) {
        String[] parts = text.split(":", 2);
        try {
            long incarnation = parts.length == 2 ? Long.parseLong(parts[1]) : 1;
            return Participation.of(new NodeId(parts[0]), incarnation);
        } catch (NumberFormatException | MalformedException e) {
            throw usage("a participant must be written NODE[:INCARNATION], but is " + text);
        }
    }

    private static CliException usage(String why) {
        return CliException.usage(why, "To see what there is: staddle barrier list");
    }
}
