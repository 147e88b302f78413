package io.staddle.cli.certs;

import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// `certs init`
@Command(
        name = "init",
        description = "Makes two authorities: one for clients, and one for the servers' own talk.")
public final class CertsInitVerb extends Verb {
    static final String CLIENTS = "clients-ca";
    static final String PEERS = "peers-ca";

    @Parameters(paramLabel = "DIR", description = "Where they go. Keep it off the servers.")
    private Path directory = Path.of("");

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How long they are valid. Default: 3650")
    private int days = 3_650;

    /// Creates it.
    public CertsInitVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        CertsFolder folder = new CertsFolder(directory);
        for (String name : new String[] {CLIENTS, PEERS}) {
            if (Files.exists(folder.file(name + ".key"))) {
                throw CliException.refused(
                        "a directory without authorities was expected, but found "
                                + folder.file(name + ".key"),
                        "What it signed would be worth nothing any more: take another directory.");
            }
        }
        Duration validity = Duration.ofDays(days);
        folder.write(CLIENTS, Signer.authority("Staddle clients", validity));
        folder.write(PEERS, Signer.authority("Staddle servers", validity));
        session.say("made " + CLIENTS + " and " + PEERS + " in " + directory);
        session.say("Next, for each server: staddle certs server " + directory + " NAME");
        return ExitCode.DONE;
    }
}
