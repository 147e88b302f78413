package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

/// What became of the primary's role in a failover.
public sealed interface RoleMove {
    /// Nothing: the cluster that failed did not have it.
    record Stayed() implements RoleMove {}

    /// Another cluster has it.
    ///
    /// @param epoch the epoch of the role afterwards
    record Promoted(ClusterId to, long epoch) implements RoleMove {
        /// Refuses the epoch before the first.
        public Promoted {
            check(epoch);
        }
    }

    /// Nobody has it: an operator forced the failover, and there was no other cluster for it.
    ///
    /// @param epoch the epoch of the role afterwards
    record Vacated(long epoch) implements RoleMove {
        /// Refuses the epoch before the first.
        public Vacated {
            check(epoch);
        }
    }

    private static void check(long epoch) {
        if (epoch < 1) {
            throw new MalformedException(
                    new Expectation("primary epoch", "1 or more", Long.toString(epoch)));
        }
    }
}
