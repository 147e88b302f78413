package io.staddle.cli.server;

import io.staddle.api.v1.ChangeMembersAnswer;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.client.Endpoint;
import io.staddle.client.Result;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerMember;
import io.staddle.client.ServerReply;

import java.util.List;
import java.util.Optional;

/// Who is in the quorum, and how a change of that ended.
final class Members {
    private Members() {}

    /// Returns who is in the quorum, as the leader says.
    static List<ServerMember> ofLeader(ServerAdmin servers) {
        return leader(servers)
                .map(ServerDescription::members)
                .filter(members -> !members.isEmpty())
                .orElseThrow(() ->
                        CliException.unavailable(
                                "no leader says who is in the quorum",
                                "See: staddle server list. Servers of an older version cannot"
                                        + " change it."));
    }

    /// Returns what the leader says of itself, if it answers.
    static Optional<ServerDescription> leader(ServerAdmin servers) {
        String elsewhere = "";
        for (ServerReply<ServerDescription> reply : servers.describeAll()) {
            if (reply instanceof ServerReply.Answered<ServerDescription>(_, var server)) {
                if (server.leads()) {
                    return Optional.of(server);
                }
                elsewhere = server.leaderApiAddress();
            }
        }
        // One that was added later than the endpoints were written down.
        return Optional.of(elsewhere)
                .filter(address -> !address.isEmpty())
                .map(address -> servers.describe(Endpoint.parse(address)))
                .filter(ServerDescription::leads);
    }

    static Optional<ServerMember> find(List<ServerMember> members, String server) {
        return members.stream().filter(each -> each.server().equals(server)).findFirst();
    }

    /// Tells whether a server is in the quorum and counts there.
    static boolean votes(List<ServerMember> members, String server) {
        return find(members, server).filter(ServerMember::votes).isPresent();
    }

    /// Says what a number of voters takes, such as `3 that vote, of which 2 are needed`.
    static String majority(long voters) {
        return "%d that vote, of which %d are needed".formatted(voters, voters / 2 + 1);
    }

    static long voters(List<ServerMember> members) {
        return members.stream().filter(ServerMember::votes).count();
    }

    /// Shows the members of now, or why it was refused.
    static ExitCode conclude(Session session, Result<List<ServerMember>> result) {
        return switch (result) {
            case Result.Done<List<ServerMember>> done -> {
                ChangeMembersAnswer answer =
                        ChangeMembersAnswer.newBuilder()
                                .addAllMembers(done.value().stream().map(Servers::encode).toList())
                                .build();
                session.output().table(answer, () -> table(done.value()));
                yield ExitCode.DONE;
            }
            case Result.Refused<List<ServerMember>> refused -> session.refused(refused.why());
            case Result.Unknown<List<ServerMember>> unknown -> session.explain(unknown);
        };
    }

    private static Table table(List<ServerMember> members) {
        Table table =
                new Table(
                        Column.left("SERVER"),
                        Column.left("API"),
                        Column.left("RAFT"),
                        Column.left("VOTES"),
                        Column.right("PRIORITY"),
                        Column.left("VERSION"));
        members.forEach(each ->
                table.row(
                        Cell.of(each.server()),
                        Cell.of(each.api()),
                        Cell.of(each.raft()),
                        Cell.of(each.votes() ? "yes" : "listens"),
                        Cell.of(Integer.toString(each.priority())),
                        Cell.of(each.version())));
        return table;
    }
}
