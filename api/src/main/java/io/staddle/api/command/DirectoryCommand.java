package io.staddle.api.command;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;

import java.util.List;

/// Commands about grains and where they may be.
public sealed interface DirectoryCommand extends Command {

    /// A command about one grain.
    sealed interface OfGrain extends DirectoryCommand {
        /// The grain that it is about.
        GrainId grain();
    }

    /// Makes `cluster` the owner of a grain that nobody owns.
    ///
    /// Repeated by the owner it changes nothing and answers with the grant that stands. Refused
    /// with `OWNED_BY_OTHER` if somebody else owns it.
    ///
    /// @param leaseMillis the grain is released this long after, unless renewed; 0 for no lease
    record Acquire(GrainId grain, ClusterId cluster, long leaseMillis) implements OfGrain {
        /// Refuses a negative lease.
        public Acquire {
            Checks.notNegative("lease millis", leaseMillis);
        }
    }

    /// Makes `cluster` the owner of a grain at an epoch of the caller's choice.
    ///
    /// The first claim of an epoch wins. Refused with `STALE_EPOCH` unless `epoch` is above the
    /// current one, and with `OWNER_ALIVE` if another owner lives.
    ///
    /// @param epoch 1 or more
    record Claim(GrainId grain, ClusterId cluster, Epoch epoch) implements OfGrain {
        /// Refuses the epoch before the first.
        public Claim {
            Checks.positive("epoch", epoch.value());
        }
    }

    /// Moves a grain from one owner to another, if it is still owned as the caller last saw.
    ///
    /// Refused with `CAS_CONFLICT` otherwise. Repeated by the winner, at the epoch it won, it
    /// changes nothing.
    ///
    /// @param seenOwner the owner last seen; of a stranded grain the cluster that failed
    /// @param seenEpoch the epoch last seen
    record Promote(
            GrainId grain, ClusterId to, ClusterId seenOwner, Epoch seenEpoch, Takeover takeover)
            implements OfGrain {}

    /// Lets go of a grain. Its epoch is kept: the next owner gets a higher one.
    ///
    /// @param epoch the epoch that `cluster` owns it in
    record Release(GrainId grain, ClusterId cluster, Epoch epoch) implements OfGrain {}

    /// Puts off the end of a lease.
    ///
    /// @param leaseMillis counted from now; 0 ends the lease and leaves the grain owned
    record Renew(GrainId grain, ClusterId cluster, Epoch epoch, long leaseMillis)
            implements OfGrain {
        /// Refuses a negative lease.
        public Renew {
            Checks.notNegative("lease millis", leaseMillis);
        }
    }

    /// Gives a grain to a cluster, whoever owns it: an operator's command.
    ///
    /// @param seenEpoch the epoch last seen; [Epoch#NONE] for a grain never owned
    record Reassign(GrainId grain, ClusterId to, Epoch seenEpoch) implements OfGrain {}

    /// Records an owner and its epoch for a grain that the directory does not know, as when a
    /// directory is filled from another one.
    ///
    /// Equal to what is recorded it changes nothing; anything else that is recorded stays.
    ///
    /// @param epoch 1 or more
    record Import(GrainId grain, ClusterId owner, Epoch epoch) implements OfGrain {
        /// Refuses the epoch before the first.
        public Import {
            Checks.positive("epoch", epoch.value());
        }
    }

    /// Records that a grain was released in `epoch`, for a grain that the directory does not know,
    /// as when a directory is filled from another one: whoever owns it next gets a higher epoch.
    ///
    /// Changes nothing if nobody owns the grain and its epoch is as high already.
    ///
    /// @param epoch 1 or more
    record ImportReleased(GrainId grain, ClusterId lastOwner, Epoch epoch) implements OfGrain {
        /// Refuses the epoch before the first.
        public ImportReleased {
            Checks.positive("epoch", epoch.value());
        }
    }

    /// Raises the epoch above which grains of a type begin that the directory does not know: what
    /// is left of grains that were released long ago. A lower floor changes nothing.
    ///
    /// @param epoch 1 to [Epoch#MAX]
    record RaiseFloor(GrainType type, Epoch epoch) implements DirectoryCommand {
        /// Refuses what no grain can have been given.
        public RaiseFloor {
            Checks.inRange("epoch", epoch.value(), 1, Epoch.MAX.value());
        }
    }

    /// Says which clusters may own grains of a type. Grains owned already stay where they are;
    /// stranded ones get an owner if there is one now.
    ///
    /// @param allowed empty for any
    /// @param seenVersion the placement's version last seen; 0 if it was never set
    record SetPlacement(GrainType type, List<ClusterId> allowed, long seenVersion)
            implements DirectoryCommand {
        /// Copies the list, without repetitions.
        public SetPlacement {
            allowed = allowed.stream().distinct().sorted().toList();
        }
    }

    /// Releases grains whose lease has ended. Only by the leader.
    ///
    /// @param max the most grains to release, 1 to 10,000
    record ExpireLeases(int max) implements DirectoryCommand {
        /// Refuses a bound that is none.
        public ExpireLeases {
            Checks.inRange("max", max, 1, 10_000);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }

    /// Forgets grains that were released long ago. Only by the leader.
    ///
    /// @param max the most grains to forget, 1 to 10,000
    record PurgeTombstones(int max) implements DirectoryCommand {
        /// Refuses a bound that is none.
        public PurgeTombstones {
            Checks.inRange("max", max, 1, 10_000);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }
}
