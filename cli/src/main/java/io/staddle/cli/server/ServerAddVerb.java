package io.staddle.cli.server;

import io.staddle.api.id.ServerId;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerMember;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `server add`
@Command(
        name = "add",
        description = {
            "Adds a server that runs, with an empty directory, to the quorum.",
            "It listens until it has caught up, and votes from then on. Safe to repeat: it goes on",
            "where it was interrupted."
        })
public final class ServerAddVerb extends Verb {
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Parameters(paramLabel = "SERVER", description = "Its name, as in its configuration.")
    private ServerId server = new ServerId("unset");

    @Option(
            names = "--api",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Where it listens for clients.")
    private String api = "";

    @Option(
            names = "--raft",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Where it listens for the other servers.")
    private String raft = "";

    private String said = "";

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ServerAddVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws InterruptedException {
        List<ServerMember> members = Members.ofLeader(session.servers());
        if (!isVoter(members)) {
            long voters = Members.voters(members);
            session.say(
                    "%s joins %s. Now there are %s; then %s."
                            .formatted(
                                    server,
                                    members.stream().map(ServerMember::server).toList(),
                                    Members.majority(voters),
                                    Members.majority(voters + 1)));
            confirmation.seek(
                    session.shell(),
                    "This adds %s to the quorum".formatted(server),
                    server.value());
        }
        Result<List<ServerMember>> result = session.servers().add(server, api, raft);
        while (result instanceof Result.Done<List<ServerMember>> done && !isVoter(done.value())) {
            tell(session);
            Thread.sleep(PAUSE);
            result =
                    Members.find(done.value(), server.value()).isPresent()
                            ? promoted(session)
                            : session.servers().add(server, api, raft);
        }
        return Members.conclude(session, result);
    }

    private boolean isVoter(List<ServerMember> members) {
        return Members.votes(members, server.value());
    }

    /// It may not have caught up yet: that is no refusal, unless it stays so.
    private Result<List<ServerMember>> promoted(Session session) throws InterruptedException {
        Result<List<ServerMember>> result = session.servers().promote(server);
        for (int i = 0; i < 120 && result instanceof Result.Refused<List<ServerMember>>; i++) {
            tell(session);
            Thread.sleep(PAUSE);
            result = session.servers().promote(server);
        }
        return result;
    }

    /// Says how far it is, unless that was said last.
    private void tell(Session session) {
        Optional<ServerDescription.Log> log =
                Members.leader(session.servers()).map(ServerDescription::log);
        String line =
                log.map(each ->
                                "%s has the log up to %d of %d"
                                        .formatted(
                                                server,
                                                Math.max(
                                                        0,
                                                        each.matchIndex()
                                                                .getOrDefault(server.value(), 0L)),
                                                each.commitIndex()))
                        .orElse("no leader answers");
        if (!line.equals(said)) {
            session.say(line);
            said = line;
        }
    }
}
