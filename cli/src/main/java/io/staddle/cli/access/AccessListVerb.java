package io.staddle.cli.access;

import io.staddle.api.codec.AccessCodec;
import io.staddle.api.model.Identity;
import io.staddle.api.v1.ListIdentitiesAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;

import java.util.List;

/// `access list`
@Command(name = "list", description = "Shows who is known, and what they may do.")
public final class AccessListVerb extends Verb {
    /// Creates it.
    public AccessListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<Identity> identities = session.access().list();
        ListIdentitiesAnswer.Builder answer = ListIdentitiesAnswer.newBuilder();
        identities.forEach(each -> answer.addIdentities(AccessCodec.encode(each)));
        session.output().table(answer.build(), () -> Identities.table(identities));
        if (identities.isEmpty()) {
            session.say("Nobody is known. To begin: staddle access create-token NAME --role admin");
        }
        return ExitCode.DONE;
    }
}
