package io.staddle.client;

import io.staddle.api.model.ReplayEntry;

/// Applies one entry of a replay queue.
@FunctionalInterface
public interface ReplayHandler {
    /// Applies it, durably: once this returns it may be acknowledged, and is gone.
    ///
    /// An entry may come again, after a crash between this and the acknowledgement: whoever applies
    /// it must recognise it, by its id or its place in the queue.
    ///
    /// @throws Exception if it cannot be applied: nothing after it is handed over
    void apply(ReplayEntry entry) throws Exception;
}
