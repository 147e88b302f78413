package io.staddle.cli.access;

import io.staddle.api.model.Role;
import io.staddle.api.v1.WhoAmIAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.WhoAmI;

import picocli.CommandLine.Command;

/// `access whoami`
@Command(name = "whoami", description = "Shows who you are to the servers, and what you may do.")
public final class AccessWhoAmIVerb extends Verb {
    /// Creates it.
    public AccessWhoAmIVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        WhoAmI me = session.access().whoAmI();
        WhoAmIAnswer answer =
                WhoAmIAnswer.newBuilder()
                        .setActor(me.actor())
                        .addAllRoles(me.roles().stream().map(Role::toString).toList())
                        .setEnforced(me.enforced())
                        .setExpiresMillis(me.expiresMillis())
                        .build();
        session.output().show(answer, () -> words(me));
        return ExitCode.DONE;
    }

    private static String words(WhoAmI me) {
        String who = me.actor().isEmpty() ? "nobody" : me.actor();
        if (!me.enforced()) {
            return who + "; access is open: everybody may do everything";
        }
        return who
                + ", until "
                + Identities.end(me.expiresMillis())
                + ", as: "
                + Identities.words(me.roles());
    }
}
