package io.staddle.cli.server;

import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerReply;
import io.staddle.client.ServerReports.Digest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/// `server digest`
@Command(
        name = "digest",
        description = {
            "Compares the digests of the servers' states: equal index means equal digest.",
            "AGREED is the newest index at which a server found another one equal: they",
            "compare by themselves, and one that differs from most takes itself out.",
            "Exit code 2 if two differ."
        })
public final class ServerDigestVerb extends Verb {
    @Option(
            names = "--verify",
            description = "Compute each again from all rows, to find damaged ones.")
    private boolean verify;

    /// Creates it.
    public ServerDigestVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ServerAdmin servers = session.servers();
        List<Digest> digests = new ArrayList<>();
        for (ServerReply<Digest> reply : verify ? servers.verifyAll() : servers.digestAll()) {
            switch (reply) {
                case ServerReply.Answered<Digest>(_, var digest) -> digests.add(digest);
                case ServerReply.Failed<Digest>(var endpoint, var why) ->
                        session.say(endpoint + " does not answer: " + why.getMessage());
            }
        }
        if (digests.isEmpty()) {
            throw CliException.unavailable(
                    "no server answers", "See who is up: staddle server list");
        }
        session.output()
                .table(
                        "digests",
                        digests.stream().map(Servers::encode).toList(),
                        () -> table(digests));
        return judge(session, digests);
    }

    private static ExitCode judge(Session session, List<Digest> digests) {
        List<String> damaged =
                digests.stream().filter(ServerDigestVerb::isDamaged).map(Digest::server).toList();
        if (!damaged.isEmpty() || differ(digests)) {
            String what = damaged.isEmpty() ? "servers differ" : "damaged rows on " + damaged;
            throw CliException.refused(
                    what, "Stop the odd one out, keep its directory, and report it.");
        }
        List<String> differing =
                digests.stream().flatMap(each -> each.differing().stream()).distinct().toList();
        if (!differing.isEmpty()) {
            throw CliException.refused(
                    "servers find that " + differing + " differ",
                    "See their logs. Keep the directory of who takes itself out, and report it.");
        }
        long indices = digests.stream().mapToLong(Digest::index).distinct().count();
        session.say(
                indices == 1
                        ? "All that answered are equal."
                        : "Not at one index now; they compare by themselves at those in AGREED.");
        return ExitCode.DONE;
    }

    private static boolean differ(List<Digest> digests) {
        return digests.stream()
                .anyMatch(one ->
                        digests.stream()
                                .anyMatch(other ->
                                        one.index() == other.index()
                                                && !one.digest().equals(other.digest())));
    }

    private static boolean isDamaged(Digest digest) {
        return digest.recomputed().filter(again -> !again.equals(digest.digest())).isPresent();
    }

    private static String recomputed(Digest digest) {
        return digest.recomputed()
                .map(again -> again.equals(digest.digest()) ? "equal" : again)
                .orElse("");
    }

    private static Table table(List<Digest> digests) {
        Table table =
                new Table(
                        Column.left("SERVER"),
                        Column.right("INDEX"),
                        Column.right("AGREED"),
                        Column.left("DIGEST"),
                        Column.left("RECOMPUTED"));
        for (Digest digest : digests) {
            Tone tone = isDamaged(digest) ? Tone.BAD : Tone.PLAIN;
            table.row(
                    Cell.of(digest.server()),
                    Cell.of(Long.toString(digest.index())),
                    Cell.of(digest.agreedIndex() < 0 ? "" : Long.toString(digest.agreedIndex())),
                    Cell.of(digest.digest()),
                    new Cell(recomputed(digest), tone));
        }
        return table;
    }
}
