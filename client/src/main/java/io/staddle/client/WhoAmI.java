package io.staddle.client;

import io.staddle.api.model.Role;

import java.util.List;

/// Who a client is to the servers.
///
/// @param actor the name that history has for what it changes; empty for nobody
/// @param enforced whether roles count
/// @param expiresMillis when that ends, in milliseconds since 1970; 0 for never
public record WhoAmI(String actor, List<Role> roles, boolean enforced, long expiresMillis) {
    /// Copies the list.
    public WhoAmI {
        roles = List.copyOf(roles);
    }
}
