package io.staddle.client.fence;

import io.staddle.client.GrainToken;

/// Stands before a store, and lets nobody write who owned a grain before somebody else whom the
/// store has seen.
///
/// It remembers for each grain the highest epoch that it was shown, in the store and as durably as
/// the store keeps what is written. Whether a token is high enough is decided in one step with the
/// write: nothing newer comes in between. So of what was accepted for a grain, no write has a lower
/// epoch than one that was accepted before.
///
/// Who takes a grain over calls [#open] **before it reads** what is stored. From then on the owner
/// before cannot write any more; without that it could until the first write of the new one, who
/// would overwrite what it has not read.
///
/// Safe for threads. Anyone who has written one tests it with `FenceGuardConformance`.
///
/// @param <W> a write, as the store takes it
/// @param <E> how the store fails: then it is not known whether the write took effect, and to do
///     the same again is right if the write may take effect twice
public interface FenceGuard<W, E extends Exception> {
    /// Makes a token known: from now on, what is older is refused.
    ///
    /// @throws E if the store fails
    Verdict open(GrainToken token) throws E;

    /// Writes, if nothing newer than the token is known; makes the token known as well.
    ///
    /// @throws E if the store fails
    Verdict write(GrainToken token, W write) throws E;
}
