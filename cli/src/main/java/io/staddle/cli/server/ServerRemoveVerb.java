package io.staddle.cli.server;

import io.staddle.api.id.ServerId;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;
import io.staddle.client.ServerMember;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `server remove`
@Command(
        name = "remove",
        description = {
            "Takes a server out of the quorum; if it leads, another one leads first.",
            "Refused if too few of those that stay are up. The server ends, and does not start",
            "again with that directory."
        })
public final class ServerRemoveVerb extends Verb {
    @Parameters(paramLabel = "SERVER", description = "Its name.")
    private ServerId server = new ServerId("unset");

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ServerRemoveVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<ServerMember> members = Members.ofLeader(session.servers());
        if (Members.find(members, server.value()).isPresent()) {
            long voters = Members.voters(members);
            boolean counts = Members.votes(members, server.value());
            session.say(
                    "Now there are %s; without %s, %s."
                            .formatted(
                                    Members.majority(voters),
                                    server,
                                    Members.majority(voters - (counts ? 1 : 0))));
            confirmation.seek(
                    session.shell(),
                    "This takes %s out of the quorum".formatted(server),
                    server.value());
        }
        Result<List<ServerMember>> result = session.servers().remove(server);
        ExitCode code = Members.conclude(session, result);
        if (code == ExitCode.DONE) {
            session.say(
                    "%s is not in the quorum. Take it out of the configurations and --endpoints."
                            .formatted(server));
        }
        return code;
    }
}
