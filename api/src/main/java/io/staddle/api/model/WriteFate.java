package io.staddle.api.model;

/// What became of a write that was appended to a queue.
public sealed interface WriteFate {
    /// It is in the queue now.
    ///
    /// @param seq its place there
    record Appended(long seq) implements WriteFate {}

    /// It was appended before, and is there or was acknowledged since: skipped.
    record Known() implements WriteFate {}

    /// Its origin has said that nothing up to this number comes any more: skipped. Whether it was
    /// appended before is not kept.
    record Settled() implements WriteFate {}
}
