package io.staddle.cli;

import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Shell;
import io.staddle.cli.shell.Terminals;
import io.staddle.cli.shell.Verb;
import io.staddle.api.v1.Cluster;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.cli.output.Json;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;

/// Runs through what most verbs need, so that the build can put its classes into an AOT cache.
///
/// Of the network it needs loopback only.
@Command(name = "train-aot-cache", hidden = true, description = "For the build: see deploy/pom.xml.")
final class TrainAotCacheVerb extends Verb {
    TrainAotCacheVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws Exception {
        return ExitCode.DONE;
    }
}
