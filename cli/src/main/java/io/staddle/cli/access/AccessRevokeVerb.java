package io.staddle.cli.access;

import io.staddle.api.id.IdentityName;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `access revoke`
@Command(name = "revoke", description = "Forgets somebody: they may do nothing from now on.")
public final class AccessRevokeVerb extends Verb {
    @Parameters(paramLabel = "NAME", description = "Who.")
    private IdentityName name = new IdentityName("nobody");

    /// Creates it.
    public AccessRevokeVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        return session.conclude(
                session.access().revoke(name),
                answer -> answer,
                done -> "%s is known no more (revision %s)".formatted(name, done.revision()));
    }
}
