package io.staddle.cli.server;

import io.staddle.cli.shell.ServerVerb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `server format`, which is here for its help only: bin/staddle starts the server itself with it.
@Command(name = "format", description = "Prepares the data directory of a new server, once.")
public final class ServerFormatVerb extends ServerVerb {
    @Option(names = "--config", paramLabel = "FILE", description = "The server's settings, YAML.")
    private String config = "";

    @Parameters(hidden = true)
    private List<String> rest = List.of();

    /// Creates it.
    public ServerFormatVerb(Desk desk) {
        super(desk, "server format --config FILE");
    }

    @Override
    protected String given() {
        return "--config \"%s\" %s".formatted(config, rest);
    }
}
