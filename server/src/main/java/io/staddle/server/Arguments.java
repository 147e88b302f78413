package io.staddle.server;

import io.staddle.server.config.ConfigException;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// The command line.
sealed interface Arguments {
    /// What is said to whoever gets it wrong.
    String USAGE =
            """
            usage: staddle server format --config FILE   create the data directory, once
                   staddle server run --config FILE      run the server until SIGTERM
                   staddle backup restore BACKUP --config FILE [--at TIME]
                                                        create it out of a backup, once
                   staddle backup salvage BACKUP --config FILE --yes
                                                        make a backup of it, if all else is lost
            """;

    /// What is said to whoever has not confirmed.
    String WARNING =
            """
            A backup of one server's disk may lack what was acknowledged, if only servers that are
            lost had it, and may have what was not. Only if no majority of the servers can ever come
            back: stop all that are left, and add --yes. All of it: docs/backup.md
            """;

    /// The configuration file.
    Path config();

    /// Creates the data directory.
    record Format(Path config) implements Arguments {}

    /// Runs the server.
    ///
    /// @param format whether to create the data directory first; hidden, because a server that lost
    ///     its data must not come back empty: `staddle dev` has it for three new servers at once
    record Run(Path config, boolean format) implements Arguments {}

    /// Creates the data directory out of a backup.
    ///
    /// @param at when, for all servers alike; now if empty
    record Restore(Path config, Path file, Optional<Instant> at) implements Arguments {}

    /// Makes a backup of the data directory of a server that does not run.
    ///
    /// @param yes whether the warning was read
    record Salvage(Path config, Path file, boolean yes) implements Arguments {
        /// Refuses without `yes`.
        ///
        /// @throws ConfigException with the warning
        public Salvage {
            if (!yes) {
                throw new ConfigException(WARNING.strip());
            }
        }
    }

    /// Reads the command line.
    ///
    /// @throws ConfigException if it is none
    static Arguments parse(List<String> args) {
        return switch (args.isEmpty() ? "" : args.getFirst()) {
            case "format" -> new Format(config(args, 1, 3));
            case "run" -> run(args);
            case "restore" -> restore(args);
            case "salvage" -> salvage(args);
            default -> throw wrong();
        };
    }

    private static Run run(List<String> args) {
        boolean format = args.size() == 4 && args.get(3).equals("--format");
        return new Run(config(args, 1, format ? 4 : 3), format);
    }

    private static Restore restore(List<String> args) {
        if (args.size() == 4) {
            return new Restore(config(args, 2, 4), Path.of(args.get(1)), Optional.empty());
        }
        Path config = config(args, 2, 6);
        if (!args.get(4).equals("--at")) {
            throw wrong();
        }
        return new Restore(config, Path.of(args.get(1)), Optional.of(time(args.get(5))));
    }

    private static Salvage salvage(List<String> args) {
        if (args.size() == 4) {
            return new Salvage(config(args, 2, 4), Path.of(args.get(1)), false);
        }
        Path config = config(args, 2, 5);
        return new Salvage(config, Path.of(args.get(1)), args.get(4).equals("--yes"));
    }

    private static Path config(List<String> args, int at, int size) {
        if (args.size() != size || !args.get(at).equals("--config")) {
            throw wrong();
        }
        return Path.of(args.get(at + 1));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw new ConfigException("--at", "a time such as 2027-01-31T12:00:00.000Z", text);
        }
    }

    private static ConfigException wrong() {
        return new ConfigException(USAGE.strip());
    }
}
