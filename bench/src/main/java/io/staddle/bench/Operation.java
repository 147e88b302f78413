package io.staddle.bench;

import java.util.concurrent.CompletableFuture;

/// A kind of call. Its future yields whether the call did what it should.
@FunctionalInterface
interface Operation {
    /// Starts one call.
    CompletableFuture<Boolean> start();
}
