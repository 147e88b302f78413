package io.staddle.cli.certs;

import io.staddle.api.id.IdentityName;
import io.staddle.cli.certs.Signer.Subject;
import io.staddle.cli.certs.Signer.Use;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `certs client`
@Command(name = "client", description = "Makes the certificate of a client, which names it.")
public final class CertsClientVerb extends Verb {
    @Parameters(index = "0", paramLabel = "DIR", description = "What certs init made.")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "NAME", description = "The name of its identity.")
    private String name = "";

    @Option(names = "--days", paramLabel = "N", description = "How long it is valid. Default: 90")
    private int days = 90;

    /// Creates it.
    public CertsClientVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        IdentityName checked = new IdentityName(name);
        CertsFolder authorities = new CertsFolder(directory);
        CertsFolder own = new CertsFolder(directory.resolve("client-" + checked));
        Subject subject =
                new Subject(name, Use.CLIENT, List.of(), List.of(), Duration.ofDays(days));
        own.write(name, authorities.authority(CertsInitVerb.CLIENTS).sign(subject));
        own.copy(authorities, CertsInitVerb.CLIENTS);
        session.say("made the certificate of client " + checked + " in " + own.directory());
        session.say("Let it in: staddle access add-certificate " + checked + " --role reader");
        return ExitCode.DONE;
    }
}
