package io.staddle.client.fence;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.client.GrainToken;

/// What a [FenceGuard] says to a token.
public sealed interface Verdict {
    /// Compares a token with what a guard remembers of its grain.
    ///
    /// @param seen the highest epoch and whose it was
    static Verdict of(GrainToken token, Seen seen) {
        int order = token.epoch().compareTo(seen.epoch());
        if (order > 0 || (order == 0 && token.owner().equals(seen.owner()))) {
            return new Accepted();
        }
        return order < 0 ? new Stale(seen) : new Contested(seen);
    }

    /// Tells whether the write was carried out.
    default boolean isAccepted() {
        return this instanceof Accepted;
    }

    /// The highest token of a grain.
    ///
    /// @param epoch its epoch
    /// @param owner who showed it
    record Seen(Epoch epoch, ClusterId owner) {}

    /// The token is the highest, and the write was carried out.
    record Accepted() implements Verdict {}

    /// Somebody owns the grain since a later epoch, and nothing was written. The holder has to let
    /// go of the grain: it is not the owner any more, whatever it still believes.
    ///
    /// @param seen the highest token
    record Stale(Seen seen) implements Verdict {}

    /// Another cluster has shown the same epoch, and nothing was written. Staddle never gives an
    /// epoch to two owners: one of the tokens was made up, comes from another deployment, or from
    /// one that was restored without its epochs being raised.
    ///
    /// @param seen the highest token
    record Contested(Seen seen) implements Verdict {}
}
