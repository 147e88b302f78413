package io.staddle.api.event;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.model.Ownership;

/// Whose a grain was before somebody got it.
public sealed interface Before {
    /// It is not told: the event is from below feature level 2, or a watch did not ask for it.
    record NotTold() implements Before {}

    /// Nobody's, and nothing was known of it: it was created.
    ///
    /// @param floor above which its epochs began
    record Nothing(Epoch floor) implements Before {}

    /// A cluster's, in that epoch.
    record Owned(ClusterId by, Epoch epoch) implements Before {}

    /// Nobody's: its last owner had let go of it.
    record Released(ClusterId lastOwner, Epoch epoch) implements Before {}

    /// Nobody's: its owner had failed.
    record Stranded(ClusterId formerOwner, Epoch epoch) implements Before {}

    /// It is not told.
    Before NOT_TOLD = new NotTold();

    /// Returns what was before, as it was looked up.
    static Before of(Ownership ownership) {
        return switch (ownership) {
            case Ownership.Unowned unowned -> new Nothing(unowned.epoch());
            case Ownership.Owned owned -> new Owned(owned.by(), owned.epoch());
            case Ownership.Released released ->
                    new Released(released.lastOwner(), released.epoch());
            case Ownership.Stranded stranded ->
                    new Stranded(stranded.formerOwner(), stranded.epoch());
        };
    }
}
