package io.staddle.client.conformance;

import io.staddle.api.id.GrainId;
import io.staddle.client.GrainToken;
import io.staddle.client.fence.Verdict;

import java.util.Optional;

/// A store with a text for each grain, behind the guard that is tested.
///
/// [#open] and [#write] are called by several threads.
public interface GuardedStore extends AutoCloseable {
    /// Shows a token to the guard.
    Verdict open(GrainToken token) throws Exception;

    /// Has the guard write a text.
    Verdict write(GrainToken token, String text) throws Exception;

    /// Has the guard carry out a write that changes the text and then fails, as a store or its user
    /// may: this throws.
    Verdict writeAndFail(GrainToken token, String text) throws Exception;

    /// Returns the text of a grain, past the guard.
    Optional<String> read(GrainId grain) throws Exception;

    /// Lets go of everything in memory, and opens the store again.
    void restart() throws Exception;

    /// Lets go of everything that is of this test.
    @Override
    void close();
}
