package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.cli.shell.CliException;
import io.staddle.client.GrainDirectory;
import io.staddle.client.Held;

import java.util.Optional;

/// What the user says of how a grain is owned.
///
/// @param holder the owner; empty for whoever it is
/// @param epoch the epoch; empty for whichever it is
record Seen(GrainId grain, Optional<ClusterId> holder, Optional<Epoch> epoch) {

    static Seen of(GrainId grain, Optional<ClusterId> holder, Optional<Long> epoch) {
        return new Seen(grain, holder, epoch.map(Epoch::new));
    }

    /// Looks up what the user did not say.
    Held complete(GrainDirectory grains) {
        if (holder.isPresent() && epoch.isPresent()) {
            return new Held(grain, holder.get(), epoch.get());
        }
        Ownership current = grains.lookup(grain);
        return new Held(
                grain,
                holder.or(() -> lastHolder(current)).orElseThrow(() -> unowned(grain)),
                epoch.orElse(current.epoch()));
    }

    private static Optional<ClusterId> lastHolder(Ownership ownership) {
        return switch (ownership) {
            case Ownership.Owned owned -> Optional.of(owned.by());
            case Ownership.Stranded stranded -> Optional.of(stranded.formerOwner());
            case Ownership.Released released -> Optional.empty();
            case Ownership.Unowned unowned -> Optional.empty();
        };
    }

    private static CliException unowned(GrainId grain) {
        return CliException.refused(
                "nobody owns " + grain,
                "To own it: staddle grain acquire " + grain + " --owner CLUSTER");
    }
}
