package io.staddle.client;

import io.staddle.api.id.WriteId;
import io.staddle.api.model.WriteFate;

/// Says that a write is in a queue.
///
/// @param id the name that the producer gave it
/// @param fate its place in the queue; known, without a place, if it was appended by an attempt
///     whose answer was lost
public record ReplayReceipt(WriteId id, WriteFate fate) {}
