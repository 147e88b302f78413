package io.staddle.cli.shell;

import io.staddle.client.StaddleClient;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whom the CLI trusts, and who it is to the servers.
///
/// A token never stands on the command line, where all users of the machine see it.
///
/// @param token itself, if the environment has it and no file was named
record Credentials(
        Optional<Path> ca,
        Optional<Path> certificate,
        Optional<Path> key,
        Optional<Path> tokenFile,
        Optional<String> token) {
    private static final String NEXT = "See: docs/security.md, and staddle --help.";

    static Credentials of(Globals globals, Shell shell) {
        Optional<Path> ca = file("--ca", globals.ca(), shell.variable("STADDLE_CA"));
        Optional<Path> certificate =
                file("--cert", globals.certificate(), shell.variable("STADDLE_CERT"));
        Optional<Path> key = file("--cert-key", globals.key(), shell.variable("STADDLE_CERT_KEY"));
        Optional<Path> tokenFile =
                file("--token-file", globals.tokenFile(), shell.variable("STADDLE_TOKEN_FILE"));
        Optional<String> token =
                tokenFile.isPresent() ? Optional.empty() : shell.variable("STADDLE_TOKEN");
        if (certificate.isPresent() != key.isPresent()) {
            throw CliException.usage("--cert and --cert-key were expected together", NEXT);
        }
        boolean known = certificate.isPresent() || tokenFile.isPresent() || token.isPresent();
        if (known && ca.isEmpty()) {
            throw CliException.usage(
                    "--ca was expected beside a token or a certificate, or they could be read by"
                            + " others",
                    NEXT);
        }
        return new Credentials(ca, certificate, key, tokenFile, token);
    }

    StaddleClient.Builder give(StaddleClient.Builder client) {
        ca.ifPresent(client::tls);
        certificate.ifPresent(pem -> client.certificate(pem, key.orElseThrow()));
        tokenFile.ifPresent(client::tokenFile);
        token.ifPresent(client::token);
        return client;
    }

    private static Optional<Path> file(String option, String given, Optional<String> environment) {
        String name = given.isEmpty() ? environment.orElse("") : given;
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(name);
        if (!Files.isReadable(file)) {
            throw CliException.usage(
                    "a file that can be read was expected for " + option + ", but found " + file,
                    NEXT);
        }
        return Optional.of(file);
    }
}
