package io.staddle.cli.transfer;

import io.staddle.api.command.DirectoryCommand;

/// What a line of a file of grains turned out to be.
public sealed interface Line {
    /// A row to import.
    record Row(DirectoryCommand.OfGrain command) implements Line {}

    /// The floor of a type: it comes after all rows that may be below it.
    record Floor(DirectoryCommand.RaiseFloor command) implements Line {}

    /// Nothing but white space.
    record Blank() implements Line {}

    /// A row that is right but says nothing to record, such as that of a grain never owned.
    record Unowned(String state) implements Line {}

    /// Not a row.
    ///
    /// @param why what was expected and what was found
    record Malformed(String why) implements Line {}
}
