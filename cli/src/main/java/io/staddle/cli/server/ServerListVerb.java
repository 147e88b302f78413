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
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerReply;

import picocli.CommandLine.Command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

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
        List<ServerReply<ServerDescription>> replies = session.servers().describeAll();
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
                        Column.left("VERSION"));
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
                        Cell.of(server.version()));
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
                            Cell.of(""));
        }
    }

    private static Cell role(ServerDescription server) {
        String role = server.role().toLowerCase(Locale.ROOT);
        if (!server.ready()) {
            return new Cell(role + ", not ready", Tone.WARN);
        }
        return new Cell(role, server.leads() ? Tone.GOOD : Tone.PLAIN);
    }
}
