package io.staddle.cli.transfer;

/// Reads rows of one format.
@FunctionalInterface
interface RowParser {
    /// Returns what the line is.
    ///
    /// @param text without its end
    Line parse(String text);
}
