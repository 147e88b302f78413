package io.staddle.client.audit;

import io.staddle.api.id.Revision;
import io.staddle.client.Held;

/// What a claimant believes to hold.
///
/// @param claimant who believes it: a process, a node; two of one name are one
/// @param held what it believes
/// @param seen up to which revision it had heard of all changes when it believed that; a grain that
///     has changed since is not held against it
public record Claim(String claimant, Held held, Revision seen) {
    /// Of a claimant that had heard of all that happened before the audit began.
    public static final Revision ALL = new Revision(Long.MAX_VALUE, Integer.MAX_VALUE);

    /// Refuses a claimant without a name.
    public Claim {
        if (claimant.isEmpty()) {
            throw new IllegalArgumentException("the claimant must have a name");
        }
    }
}
