package io.staddle.server;

import io.staddle.server.config.ConfigException;

import java.nio.file.Path;
import java.util.List;

/// The command line.
///
/// @param config the configuration file
record Arguments(Verb verb, Path config) {
    static final String USAGE =
            """
            usage: staddle server format --config FILE   create the data directory, once
                   staddle server run --config FILE      run the server until SIGTERM
            """;

    /// What to do.
    enum Verb {
        /// Creates the data directory.
        FORMAT,
        /// Runs the server.
        RUN
    }

    /// Reads the command line.
    ///
    /// @throws ConfigException if it is none
    static Arguments parse(List<String> args) {
        if (args.size() != 3 || !args.get(1).equals("--config")) {
            throw new ConfigException(USAGE.strip());
        }
        return new Arguments(verb(args.getFirst()), Path.of(args.get(2)));
    }

    private static Verb verb(String text) {
        return switch (text) {
            case "format" -> Verb.FORMAT;
            case "run" -> Verb.RUN;
            default -> throw new ConfigException(USAGE.strip());
        };
    }
}
