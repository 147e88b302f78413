package io.staddle.client;

import io.staddle.api.model.Identity;

/// A token that was just created. Nobody has its text but the caller: the servers keep a hash.
///
/// @param text what its holder shows to the servers
public record NewToken(Identity identity, String text) {
    /// Leaves the secret out.
    @Override
    public String toString() {
        return "token of " + identity.name();
    }
}
