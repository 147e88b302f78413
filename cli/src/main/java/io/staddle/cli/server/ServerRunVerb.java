package io.staddle.cli.server;

import io.staddle.cli.shell.ServerVerb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `server run`, which is here for its help only: bin/staddle starts the server itself with it.
@Command(name = "run", description = "Runs one server of a deployment until SIGTERM.")
public final class ServerRunVerb extends ServerVerb {
    @Option(names = "--config", paramLabel = "FILE", description = "The server's settings, YAML.")
    private String config = "";

    @Parameters(hidden = true)
    private List<String> rest = List.of();

    /// Creates it.
    public ServerRunVerb(Desk desk) {
        super(desk, "server run --config FILE");
    }

    @Override
    protected String given() {
        return "--config \"%s\" %s".formatted(config, rest);
    }
}
