package io.staddle.server.config;

/// Keeps a server without encryption and authentication off the network.
final class Exposure {
    private Exposure() {}

    /// Refuses addresses that other machines reach, unless the operator says so.
    static void require(ServerConfig config) {
        if (config.insecure()) {
            return;
        }
        requireLoopback("api", config.api());
        requireLoopback("raft", config.raft());
    }

    private static void requireLoopback(String key, HostPort address) {
        if (!address.isLoopback()) {
            throw new ConfigException(
                    key
                            + " must be a loopback address, is \""
                            + address
                            + "\": nothing is encrypted and nobody authenticated yet, so whoever"
                            + " reaches it owns the directory. Set insecure-i-understand: true to"
                            + " listen there all the same");
        }
    }
}
