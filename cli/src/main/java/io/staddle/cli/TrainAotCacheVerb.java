package io.staddle.cli;

import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.api.v1.Cluster;
import io.staddle.api.v1.ListGrainsAnswer;
import io.staddle.api.v1.Outcome;
import io.staddle.cli.output.Format;
import io.staddle.cli.output.Ink;
import io.staddle.cli.output.Output;
import io.staddle.cli.output.Table;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Shell;
import io.staddle.cli.shell.Terminals;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Runs through what most verbs need, so that the build can put its classes into an AOT cache.
///
/// Of the network it needs loopback only, and nobody has to listen there: a call that is refused
/// has loaded what a call needs.
@Command(name = "train-aot-cache", hidden = true, description = "For the build.")
final class TrainAotCacheVerb extends Verb {
    /// A port that nobody listens on: it is reserved for this.
    private static final String NOBODY = "127.0.0.1:1";

    TrainAotCacheVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Shell shell =
                new Shell(
                        nowhere, nowhere, InputStream.nullInputStream(), Map.of(), Terminals.NONE);
        for (String line :
                new String[] {
                    "--help", "--version", "grain acquire --help", "grain count --no-such-option",
                }) {
            StaddleCli.run(shell, line.split(" ", -1));
        }
        for (String verb :
                new String[] {
                    "grain lookup cart/42",
                    "grain count -o json",
                    "cluster register eu-1 --healthy",
                    "server list",
                }) {
            String line = verb + " --timeout 300ms --endpoints " + NOBODY;
            StaddleCli.run(shell, line.split(" ", -1));
        }
        askByHttp();
        for (Format format : Format.values()) {
            Output output = new Output(nowhere, format, Ink.NONE);
            Table table = new Table(Table.Column.left("A"), Table.Column.right("B")).row("a", "1");
            output.table(ListGrainsAnswer.getDefaultInstance(), () -> table);
            output.table(Cluster.getDefaultInstance(), () -> table);
            output.table(CheckFenceAnswer.getDefaultInstance(), () -> table);
            output.show(Outcome.getDefaultInstance(), () -> "");
        }
        return ExitCode.DONE;
    }

    /// As `staddle dev` asks whether a server is ready.
    private static void askByHttp() {
        try {
            URI.create("http://" + NOBODY + "/readyz").toURL().openConnection().getInputStream();
        } catch (IOException _) {
            // Nobody listens.
        }
    }
}
