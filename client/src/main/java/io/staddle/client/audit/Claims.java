package io.staddle.client.audit;

import java.util.function.Consumer;

/// The claims to audit, of all claimants together.
@FunctionalInterface
public interface Claims {
    /// Gives each claim to `to`, in any order. It is called more than once, and must give the same
    /// claims each time: those of a file, or of a copy.
    void forEach(Consumer<Claim> to);
}
