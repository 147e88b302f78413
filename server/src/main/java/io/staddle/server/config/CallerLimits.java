package io.staddle.server.config;

/// Bounds on what those who call one server have under way.
///
/// @param connections key `limits.connections`: connections that call this server at the same time;
///     1 to 1,000,000, default 10,000
/// @param callsPerConnection key `limits.calls-per-connection`: calls that one connection has under
///     way, its streams included; 16 to 65,536, default 8,192
/// @param watchesPerConnection key `limits.watches-per-connection`: how many of them watch events;
///     1 to 65,536, default 1,000
/// @param watches key `limits.watches`: who watches events on this server; 1 to 1,000,000, default
///     50,000
public record CallerLimits(
        int connections, int callsPerConnection, int watchesPerConnection, int watches) {}
