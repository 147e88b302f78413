package io.staddle.server.data;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.ServerId;
import io.staddle.server.config.ServerConfig;
import io.staddle.storage.StoreIdentity;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whose data a directory holds. Written once, when the directory is formatted.
///
/// @param deployment the deployment it belongs to
/// @param server the server it belongs to
/// @param incarnation 32 hex digits, made up when it was formatted: a directory formatted anew
///     has another one, and so a server that lost its disk is told from one that never ran
public record Identity(String deployment, ServerId server, String incarnation) {
    private static final String HEADER = "staddle data directory, format 1";
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Returns whose the tables are: those of a deployment are the same on all of its servers.
    public static StoreIdentity ofTables(String deployment) {
        return new StoreIdentity("staddle deployment " + deployment);
    }

    /// Makes up the identity of a directory that is being formatted.
    static Identity create(ServerConfig config) {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String incarnation = HexFormat.of().formatHex(random);
        return new Identity(config.deployment(), config.server(), incarnation);
    }

    /// Reads what [#lines] wrote; empty if these are not such lines.
    static Optional<Identity> parse(List<String> lines) {
        if (lines.size() != 4 || !lines.getFirst().equals(HEADER)) {
            return Optional.empty();
        }
        Map<String, String> fields =
                lines.stream()
                        .skip(1)
                        .map(line -> line.split(": ", 2))
                        .filter(field -> field.length == 2)
                        .collect(
                                Collectors.toMap(
                                        field -> field[0], field -> field[1], (a, b) -> a));
        return of(fields);
    }

    private static Optional<Identity> of(Map<String, String> fields) {
        Optional<String> deployment = Optional.ofNullable(fields.get("deployment"));
        Optional<String> server = Optional.ofNullable(fields.get("server"));
        Optional<String> incarnation = Optional.ofNullable(fields.get("incarnation"));
        if (deployment.isEmpty() || server.isEmpty() || incarnation.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Identity(deployment.get(), new ServerId(server.get()), incarnation.get()));
        } catch (MalformedException noName) {
            return Optional.empty();
        }
    }

    List<String> lines() {
        return List.of(
                HEADER,
                "deployment: " + deployment,
                "server: " + server,
                "incarnation: " + incarnation);
    }
}
