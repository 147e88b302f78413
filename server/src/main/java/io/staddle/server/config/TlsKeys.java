package io.staddle.server.config;

import io.staddle.api.id.ServerId;
import io.staddle.server.tls.Tls;
import io.staddle.server.tls.TlsFileException;
import io.staddle.server.tls.TlsSettings;
import io.staddle.server.tls.TlsSettings.ClientAuth;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys `tls.*`: all of the files, or none.
final class TlsKeys {
    private static final List<String> FILES =
            List.of(
                    "tls.certificate",
                    "tls.key",
                    "tls.client-ca",
                    "tls.peer-certificate",
                    "tls.peer-key",
                    "tls.peer-ca");

    private final Values values;

    TlsKeys(Values values) {
        this.values = values;
    }

    /// Reads the keys, and the files that they name.
    ///
    /// @throws ConfigException if some keys are missing, or a file is not what it must be
    Optional<Tls> read(String deployment, List<ServerAddress> servers, ServerId self) {
        ClientAuth clientAuth =
                values.choice("tls.client-auth", ClientAuth.OPTIONAL, ClientAuth.class);
        List<String> missing = FILES.stream().filter(key -> !values.isSet(key)).toList();
        if (missing.size() == FILES.size()) {
            return Optional.empty();
        }
        if (!missing.isEmpty()) {
            throw new ConfigException(
                    missing.getFirst(), "set, as another key of tls is: all files or none", "");
        }
        TlsSettings settings =
                new TlsSettings(
                        path("tls.certificate"),
                        path("tls.key"),
                        path("tls.client-ca"),
                        clientAuth,
                        path("tls.peer-certificate"),
                        path("tls.peer-key"),
                        path("tls.peer-ca"),
                        deployment,
                        members(servers));
        try {
            return Optional.of(Tls.open(settings, self));
        } catch (TlsFileException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private Path path(String key) {
        return Path.of(values.text(key));
    }

    private static Map<String, ServerId> members(List<ServerAddress> servers) {
        Map<String, ServerId> members = new HashMap<>();
        for (ServerAddress each : servers) {
            members.put(each.api().toString(), each.id());
            members.put(each.raft().toString(), each.id());
        }
        return members;
    }
}
