package io.staddle.server.config;

/// Whether callers must say who they are.
public enum AccessMode {
    /// Whoever reaches the server may do everything.
    OPEN,
    /// Only who is known may do something, and only what their roles allow.
    ENFORCED
}
