package io.staddle.client;

import io.staddle.api.id.Fence;
import io.staddle.api.refusal.Refusal;

/// Why a cluster may not act as an owner any more.
public sealed interface FencedBecause {
    /// No beat was answered for so long that the servers may soon demote it. Maybe they never do:
    /// then it goes on behind the same fence.
    ///
    /// @param silentMillis since the last beat that was answered was sent
    record Silence(long silentMillis) implements FencedBecause {}

    /// The servers have demoted it, and it is behind a higher fence now.
    record Demoted(Fence fence) implements FencedBecause {}

    /// The servers do not know it any more.
    record Unknown(Refusal why) implements FencedBecause {}

    /// Its agent was closed.
    record Closed() implements FencedBecause {}
}
