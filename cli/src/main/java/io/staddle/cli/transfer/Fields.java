package io.staddle.cli.transfer;

import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.DirectoryCommand.Import;
import io.staddle.api.command.DirectoryCommand.ImportReleased;
import io.staddle.api.command.DirectoryCommand.RaiseFloor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MalformedException;

import java.util.Optional;

/// The fields of a row as they are written; one that is not there is empty.
record Fields(String type, String key, String owner, String epoch, String state) {

    /// The state of a row that is no grain's, but the floor of a type.
    static final String FLOOR = "floor";

    /// Returns the command that imports the row: `Import` if it has an epoch, else `Acquire`; of a
    /// grain that had an owner and has none, `ImportReleased`.
    ///
    /// @param defaultOwner owns the rows that name no owner
    Line toLine(Optional<ClusterId> defaultOwner) {
        try {
            return switch (state) {
                case "", "owned" -> owned(defaultOwner);
                case "released", "stranded" -> released();
                case FLOOR -> new Line.Floor(new RaiseFloor(new GrainType(type), parseEpoch()));
                default -> new Line.Unowned(state);
            };
        } catch (MalformedException malformed) {
            return new Line.Malformed(malformed.expectation().toString());
        }
    }

    private Line released() {
        return owner.isEmpty() || epoch.isEmpty()
                ? new Line.Unowned(state)
                : new Line.Row(
                        new ImportReleased(
                                GrainId.of(type, key), new ClusterId(owner), parseEpoch()));
    }

    private Line owned(Optional<ClusterId> defaultOwner) {
        GrainId grain = GrainId.of(type, key);
        if (owner.isEmpty() && defaultOwner.isEmpty()) {
            return new Line.Malformed("\"owner\" is missing, and there is no --owner");
        }
        ClusterId by = owner.isEmpty() ? defaultOwner.get() : new ClusterId(owner);
        return new Line.Row(
                epoch.isEmpty() ? new Acquire(grain, by, 0) : new Import(grain, by, parseEpoch()));
    }

    private Epoch parseEpoch() {
        try {
            return new Epoch(Long.parseLong(epoch));
        } catch (NumberFormatException notANumber) {
            throw new MalformedException(
                    new MalformedException.Expectation(
                            "epoch", "a whole number, 1 or more", epoch));
        }
    }
}
