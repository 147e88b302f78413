package io.staddle.cli.access;

import io.staddle.api.id.IdentityName;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;

/// `access add-certificate`
@Command(
        name = "add-certificate",
        description = "Makes somebody known by certificates with their name as common name.")
public final class AccessAddCertificateVerb extends Verb {
    @Parameters(paramLabel = "NAME", description = "The common name.")
    private IdentityName name = new IdentityName("nobody");

    @Mixin private final RoleOption role = new RoleOption();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description =
                    "After how long it ends, such as 12h or 90d; 0s for never. Default: never")
    private Duration expires = Duration.ZERO;

    /// Creates it.
    public AccessAddCertificateVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        return Identities.conclude(
                session,
                session.access().addCertificate(name, role.roles(), Identities.after(expires)));
    }
}
