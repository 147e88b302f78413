package io.staddle.cli.certs;

import io.staddle.api.id.ServerId;
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

/// `certs server`
@Command(
        name = "server",
        description = "Makes the certificates of a server, or new ones in place of the old.")
public final class CertsServerVerb extends Verb {
    @Parameters(index = "0", paramLabel = "DIR", description = "What certs init made.")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "NAME", description = "The server, as in its settings.")
    private String name = "";

    @Option(
            names = "--deployment",
            paramLabel = "NAME",
            required = true,
            description = "The deployment, as in the settings.")
    private String deployment = "";

    @Option(
            names = "--host",
            paramLabel = "HOST,...",
            split = ",",
            description = "What clients call it: names and addresses. Default: localhost,127.0.0.1")
    private List<String> hosts = List.of("localhost", "127.0.0.1");

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How long they are valid. Default: 90")
    private int days = 90;

    /// Creates it.
    public CertsServerVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        ServerId server = new ServerId(name);
        CertsFolder authorities = new CertsFolder(directory);
        CertsFolder own = new CertsFolder(directory.resolve(server.value()));
        Duration validity = Duration.ofDays(days);
        String uri = "staddle://" + deployment + "/" + server;
        Subject api = new Subject(name, Use.SERVER, hosts, List.of(), validity);
        Subject peer = new Subject(name, Use.PEER, List.of(), List.of(uri), validity);
        own.write("api", authorities.authority(CertsInitVerb.CLIENTS).sign(api));
        own.write("peer", authorities.authority(CertsInitVerb.PEERS).sign(peer));
        own.copy(authorities, CertsInitVerb.CLIENTS);
        own.copy(authorities, CertsInitVerb.PEERS);
        session.say("made the certificates of " + uri + " in " + own.directory());
        session.say(settings(own));
        return ExitCode.DONE;
    }

    private static String settings(CertsFolder own) {
        return """
        Bring that directory to the server, and into its settings:
        tls:
          certificate: DIR/api.crt
          key: DIR/api.key
          client-ca: DIR/clients-ca.crt
          peer-certificate: DIR/peer.crt
          peer-key: DIR/peer.key
          peer-ca: DIR/peers-ca.crt\
        """
                .replace("DIR", own.directory().toAbsolutePath().normalize().toString());
    }
}
