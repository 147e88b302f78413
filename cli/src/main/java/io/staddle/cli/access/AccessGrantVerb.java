package io.staddle.cli.access;

import io.staddle.api.id.IdentityName;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `access grant`
@Command(name = "grant", description = "Adds roles to somebody.")
public final class AccessGrantVerb extends Verb {
    @Parameters(paramLabel = "NAME", description = "Who.")
    private IdentityName name = new IdentityName("nobody");

    @Mixin private final RoleOption role = new RoleOption();

    /// Creates it.
    public AccessGrantVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        return Identities.conclude(session, session.access().grant(name, role.roles()));
    }
}
