package io.staddle.api.command;

import io.staddle.api.id.IdentityName;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Role;

import java.util.List;

/// Commands about who may do what.
public sealed interface AccessCommand extends Command {
    /// Makes somebody known. Repeated it changes nothing; refused with `ALREADY_EXISTS` if the name
    /// is taken by another credential, expiry or set of roles.
    record CreateIdentity(Identity identity) implements AccessCommand {}

    /// Adds roles to somebody and takes others away; one that is in both goes.
    ///
    /// @param add at most 100
    /// @param remove at most 100
    record ChangeRoles(IdentityName name, List<Role> add, List<Role> remove)
            implements AccessCommand {
        /// Copies the lists.
        public ChangeRoles {
            Checks.inRange("roles to add", add.size(), 0, 100);
            Checks.inRange("roles to remove", remove.size(), 0, 100);
            add = List.copyOf(add);
            remove = List.copyOf(remove);
        }
    }

    /// Forgets somebody: from now on they may do nothing. Repeated it changes nothing.
    record RevokeIdentity(IdentityName name) implements AccessCommand {}
}
