package io.staddle.api.model;

/// A write in the queue of the cluster that is to make up for it.
///
/// @param seq its place; a queue counts from 1, without gaps, in the order of appending
/// @param atMillis when it was appended, logical time in milliseconds since 1970
public record ReplayEntry(long seq, ReplayWrite write, long atMillis) {}
