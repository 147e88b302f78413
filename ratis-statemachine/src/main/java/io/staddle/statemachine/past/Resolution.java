package io.staddle.statemachine.past;

import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;
import io.staddle.storage.View;

/// What became of the wish to see a state of the past.
public sealed interface Resolution {
    /// It can be seen.
    ///
    /// @param at the revision after which it is the state
    /// @param view needs not be closed; as long as the present that was asked is open
    record Seen(Revision at, View view) implements Resolution {}

    /// It cannot.
    record Refused(Refusal why) implements Resolution {}
}
