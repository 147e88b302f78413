package io.staddle.server.config;

import io.staddle.server.tls.TlsSettings.ClientAuth;

/// Keeps a server off the network on which anybody could read along, or do what they like.
final class Exposure {
    private Exposure() {}

    /// Refuses addresses that other machines reach unless everything on them is encrypted and
    /// everybody authenticated, or the operator says so in so many words; and tokens in the clear.
    static void require(ServerConfig config) {
        if (config.access() == AccessMode.ENFORCED && config.tls().isEmpty()) {
            throw new ConfigException(
                    "access.mode", "open without the files of tls: tokens need TLS", "enforced");
        }
        if (config.insecure() || (config.tls().isPresent() && authenticates(config))) {
            return;
        }
        String why =
                config.tls().isEmpty()
                        ? "nothing is encrypted and nobody authenticated, so whoever reaches it"
                                + " owns the directory. Set the files of tls and access.mode:"
                                + " enforced (docs/security.md), or"
                        : "anybody may do everything there. Set access.mode: enforced, or"
                                + " tls.client-auth: required, or";
        requireLoopback("api", config.api(), why);
        if (config.tls().isEmpty()) {
            requireLoopback("raft", config.raft(), why);
        }
    }

    private static boolean authenticates(ServerConfig config) {
        return config.access() == AccessMode.ENFORCED
                || config.tls().filter(tls -> tls.clientAuth() == ClientAuth.REQUIRED).isPresent();
    }

    private static void requireLoopback(String key, HostPort address, String why) {
        if (!address.isLoopback()) {
            throw new ConfigException(
                    key
                            + " must be a loopback address, is \""
                            + address
                            + "\": "
                            + why
                            + " insecure-i-understand: true to listen there all the same");
        }
    }
}
