package io.staddle.api.model;

import io.staddle.api.id.IdentityName;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Who may do something, and what.
///
/// @param expiresMillis when it ends, in milliseconds since 1970; 0 for never
/// @param roles up to 100 different ones, sorted by their texts; none may do nothing
public record Identity(
        IdentityName name, Credential credential, long expiresMillis, List<Role> roles) {
    private static final int ROLES_MAX = 100;

    /// Copies the list, sorted and without repetitions.
    ///
    /// @throws MalformedException if there are too many, or the time is negative
    public Identity {
        roles = roles.stream().distinct().sorted(Comparator.comparing(Role::toString)).toList();
        if (roles.size() > ROLES_MAX) {
            throw new MalformedException(
                    new Expectation("roles", "at most " + ROLES_MAX, roles.size() + ""));
        }
        if (expiresMillis < 0) {
            throw new MalformedException(
                    new Expectation("expiry", "0 or a time after 1970", expiresMillis + ""));
        }
    }

    /// Returns the same identity with other roles.
    public Identity with(List<Role> add, List<Role> remove) {
        List<Role> changed = new ArrayList<>(roles);
        changed.addAll(add);
        changed.removeAll(remove);
        return new Identity(name, credential, expiresMillis, changed);
    }

    /// Tells whether it is over at a time.
    public boolean isOver(long nowMillis) {
        return expiresMillis != 0 && nowMillis >= expiresMillis;
    }
}
