package io.staddle.it.history;

import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;

import java.util.Optional;

/// A change of a register, as the servers recorded it.
///
/// @param requestId the operation that made it
/// @param now what the register was afterwards
record Change(String grain, Revision at, String requestId, Register now) {
    /// Returns the change that an event is; empty if it is about something else.
    static Optional<Change> of(RecordedEvent recorded) {
        return switch (recorded.event()) {
            case DirectoryEvent.Granted granted ->
                    Optional.of(
                            new Change(
                                    granted.grain().toString(),
                                    recorded.revision(),
                                    recorded.origin().requestId(),
                                    Register.owned(
                                            granted.owner().value(), granted.epoch().value())));
            case DirectoryEvent.Released released ->
                    Optional.of(
                            new Change(
                                    released.grain().toString(),
                                    recorded.revision(),
                                    recorded.origin().requestId(),
                                    new Register(
                                            Register.Kind.RELEASED,
                                            released.lastOwner().value(),
                                            released.epoch().value())));
            default -> Optional.empty();
        };
    }
}
