package io.staddle.api.event;

import io.staddle.api.id.IdentityName;
import io.staddle.api.model.Identity;

/// What happened to those who may do something.
public sealed interface AccessEvent extends Event {
    /// Somebody is known.
    record IdentityCreated(Identity identity) implements AccessEvent {}

    /// Somebody may do other things than before.
    record RolesChanged(Identity identity) implements AccessEvent {}

    /// Somebody may do nothing any more.
    record IdentityRevoked(IdentityName name) implements AccessEvent {}
}
