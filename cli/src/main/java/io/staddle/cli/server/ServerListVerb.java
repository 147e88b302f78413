package io.staddle.cli.server;

import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Endpoint;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerMember;
import io.staddle.client.ServerReply;
import io.staddle.client.StaddleUnavailableException;

import picocli.CommandLine.Command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// `server list`
@Command(
        name = "list",
        description = "Lists the servers at the endpoints, who leads, and how far each has got.")
public final class ServerListVerb extends Verb {
    /// Creates it.
    public ServerListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<ServerReply<ServerDescription>> replies = all(session.servers());
        session.output()
                .table(
                        "servers",
                        replies.stream().map(ServerListVerb::encode).toList(),
                        () -> table(replies));
        boolean someAnswer = false;
        for (ServerReply<ServerDescription> reply : replies) {
            switch (reply) {
                case ServerReply.Answered<ServerDescription> answered -> someAnswer = true;
                case ServerReply.Failed<ServerDescription>(var endpoint, var why) ->
                        session.say(endpoint + " does not answer: " + why.getMessage());
            }
        }
        if (!someAnswer) {
            throw CliException.unavailable(
                    "no server answers",
                    "To start three on this machine: staddle dev. Elsewhere: --endpoints");
        }
        return ExitCode.DONE;
    }

    /// Those at the endpoints, and those of the quorum that are at none of them.
    private static List<ServerReply<ServerDescription>> all(ServerAdmin servers) {
        List<ServerReply<ServerDescription>> replies = new ArrayList<>(servers.describeAll());
        Set<String> asked = new TreeSet<>();
        replies.forEach(reply -> asked.add(reply.endpoint().toString()));
        for (ServerReply<ServerDescription> reply : List.copyOf(replies)) {
            if (reply instanceof ServerReply.Answered<ServerDescription>(_, var server)) {
                asked.add(server.addresses().api());
                server.members().stream()
                        .map(ServerMember::api)
                        .filter(api -> asked.add(api))
                        .forEach(api -> replies.add(describe(servers, Endpoint.parse(api))));
            }
        }
        return replies;
    }

    private static ServerReply<ServerDescription> describe(ServerAdmin servers, Endpoint endpoint) {
        try {
            return new ServerReply.Answered<>(endpoint, servers.describe(endpoint));
        } catch (StaddleUnavailableException why) {
            return new ServerReply.Failed<>(endpoint, why);
        }
    }

    private static io.staddle.api.v1.ServerDescription encode(
            ServerReply<ServerDescription> reply) {
        return switch (reply) {
            case ServerReply.Answered<ServerDescription>(_, var server) -> Servers.encode(server);
            case ServerReply.Failed<ServerDescription>(var endpoint, _) -> Servers.silent(endpoint);
        };
    }

    private static Table table(List<ServerReply<ServerDescription>> replies) {
        Table table =
                new Table(
                        Column.left("SERVER"),
                        Column.left("API"),
                        Column.left("ROLE"),
                        Column.right("TERM"),
                        Column.right("APPLIED"),
                        Column.right("SNAPSHOT"),
                        Column.right("DATA"),
                        Column.right("UPTIME"),
                        Column.left("VERSION"),
                        Column.right("LEVEL"));
        replies.forEach(reply -> row(table, reply));
        return table;
    }

    private static void row(Table table, ServerReply<ServerDescription> reply) {
        switch (reply) {
            case ServerReply.Answered<ServerDescription>(var endpoint, var server) -> {
                Duration uptime = Duration.ofMillis(server.clock().uptimeMillis());
                table.row(
                        Cell.of(server.server()),
                        Cell.of(endpoint.toString()),
                        role(server),
                        Cell.of(Long.toString(server.log().term())),
                        Cell.of(Long.toString(server.log().appliedIndex())),
                        Cell.of(Servers.snapshot(server)),
                        Cell.of(Figures.bytes(server.storage().dataBytes())),
                        Cell.of(Figures.duration(uptime)),
                        Cell.of(server.version()),
                        level(server.levels()));
            }
            case ServerReply.Failed<ServerDescription>(var endpoint, _) ->
                    table.row(
                            Cell.of(""),
                            Cell.of(endpoint.toString()),
                            new Cell("unreachable", Tone.BAD),
                            Cell.of(""),
                            Cell.of(""),
                            Cell.of(""),
                            Cell.of(""),
                            Cell.of(""),
                            Cell.of(""),
                            Cell.of(""));
        }
    }

    /// Such as `3 of 4`: 3 is in force, and this server has 4.
    private static Cell level(ServerDescription.Levels levels) {
        if (levels.newest() == 0) {
            return Cell.of("");
        }
        String text = "%d of %d".formatted(levels.inForce(), levels.newest());
        boolean canRise = levels.inForce() < levels.newest();
        return new Cell(text, canRise ? Tone.WARN : Tone.PLAIN);
    }

    private static Cell role(ServerDescription server) {
        String role = server.role().toLowerCase(Locale.ROOT);
        if (!server.ready()) {
            return new Cell(role + ", not ready", Tone.WARN);
        }
        return new Cell(role, server.leads() ? Tone.GOOD : Tone.PLAIN);
    }
}
