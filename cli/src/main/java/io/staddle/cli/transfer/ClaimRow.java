package io.staddle.cli.transfer;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.Revision;
import io.staddle.cli.transfer.JsonObjectReader.NotJsonException;
import io.staddle.client.Held;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a line of a file of claims turned out to be.
sealed interface ClaimRow {
    /// A grain that a claimant believes to hold.
    ///
    /// @param claimant who; empty if the line does not say
    /// @param seen up to where it had heard of changes; empty if the line does not say
    record Claimed(Held held, Optional<String> claimant, Optional<Revision> seen)
            implements ClaimRow {}

    /// What holds for the lines after it: a line with the state `claims`. A list without claims
    /// says by it whose it is.
    record Heading(Optional<ClusterId> owner, Optional<String> claimant, Optional<Revision> seen)
            implements ClaimRow {}

    /// Says nothing about a claim, as the row of a released grain.
    record Other() implements ClaimRow {}

    /// Not a row.
    ///
    /// @param why what was expected and what was found
    record Malformed(String why) implements ClaimRow {}

    /// Reads a line.
    ///
    /// @param defaultOwner of lines that name none
    static ClaimRow parse(String text, Optional<ClusterId> defaultOwner) {
        if (text.isBlank()) {
            return new Other();
        }
        Map<String, String> fields = new HashMap<>();
        try {
            JsonObjectReader.read(text, fields::put);
            return of(fields, defaultOwner);
        } catch (NotJsonException notJson) {
            return new Malformed(String.valueOf(notJson.getMessage()));
        } catch (MalformedException malformed) {
            return new Malformed(malformed.expectation().toString());
        } catch (NumberFormatException notANumber) {
            return new Malformed("a whole number was expected: " + notANumber.getMessage());
        }
    }

    private static ClaimRow of(Map<String, String> fields, Optional<ClusterId> defaultOwner) {
        Optional<ClusterId> owner =
                field(fields, "owner").map(ClusterId::new).or(() -> defaultOwner);
        Optional<String> claimant = field(fields, "claimant");
        Optional<Revision> seen = field(fields, "revision").map(ClaimRow::revision);
        return switch (fields.getOrDefault("state", "")) {
            case "claims" -> new Heading(owner, claimant, seen);
            case "", "owned" -> claimed(fields, owner, claimant, seen);
            default -> new Other();
        };
    }

    private static ClaimRow claimed(
            Map<String, String> fields,
            Optional<ClusterId> owner,
            Optional<String> claimant,
            Optional<Revision> seen) {
        Optional<String> epoch = field(fields, "epoch");
        if (owner.isEmpty() || epoch.isEmpty()) {
            return new Malformed("\"" + (epoch.isEmpty() ? "epoch" : "owner") + "\" is missing");
        }
        GrainId grain = GrainId.of(fields.getOrDefault("type", ""), fields.getOrDefault("key", ""));
        Held held = new Held(grain, owner.get(), new Epoch(Long.parseLong(epoch.get())));
        return new Claimed(held, claimant, seen);
    }

    private static Optional<String> field(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isEmpty());
    }

    /// Returns the revision written as `1234.5`, or the end of the entry written as `1234`.
    ///
    /// @throws NumberFormatException if it is written otherwise
    /// @throws MalformedException if it is negative
    static Revision revision(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new Revision(Long.parseLong(text), Integer.MAX_VALUE)
                : new Revision(
                        Long.parseLong(text.substring(0, dot)),
                        Integer.parseInt(text.substring(dot + 1)));
    }
}
