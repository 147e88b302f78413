package io.staddle.server.tls;

import io.staddle.api.id.ServerId;

import java.util.Optional;

/// Tells which servers there are besides those that the configuration names: by what is in the log,
/// or was asked for by an operator.
public interface Deputies {
    /// Nobody else.
    Deputies NONE =
            new Deputies() {
                @Override
                public boolean has(ServerId server) {
                    return false;
                }

                @Override
                public Optional<ServerId> at(String hostPort) {
                    return Optional.empty();
                }
            };

    /// Tells whether a server is one of them.
    boolean has(ServerId server);

    /// Returns which of them listens for the other servers at `HOST:PORT`.
    Optional<ServerId> at(String hostPort);
}
