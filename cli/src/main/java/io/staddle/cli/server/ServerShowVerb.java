package io.staddle.cli.server;

import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerDescription;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.Locale;

/// `server show`
@Command(name = "show", description = "Shows what a server says of itself.")
public final class ServerShowVerb extends Verb {
    @Parameters(paramLabel = "SERVER", description = "Its name or its HOST:PORT.")
    private String server = "";

    /// Creates it.
    public ServerShowVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ServerAdmin servers = session.servers();
        ServerDescription found = servers.describe(Servers.endpoint(servers, server));
        session.output().show(Servers.encode(found), () -> words(found));
        return ExitCode.DONE;
    }

    private static String words(ServerDescription server) {
        ServerDescription.Clock clock = server.clock();
        ServerDescription.Log log = server.log();
        StringBuilder text = new StringBuilder();
        line(text, "server", server.server() + (server.ready() ? "" : " (not ready)"));
        line(text, "role", server.role().toLowerCase(Locale.ROOT) + " in term " + log.term());
        line(text, "leader", server.leader() + " " + server.leaderApiAddress());
        line(text, "api", server.addresses().api());
        line(text, "raft", server.addresses().raft());
        line(text, "deployment", server.deployment() + ", with " + server.peers());
        line(text, "applied", log.appliedIndex() + " of " + log.commitIndex() + " committed");
        log.matchIndex().forEach((peer, index) -> line(text, "follower", peer + " has " + index));
        line(text, "snapshot", Servers.snapshot(server));
        line(text, "data", Figures.bytes(server.storage().dataBytes()));
        line(text, "uptime", Figures.duration(Duration.ofMillis(clock.uptimeMillis())));
        line(text, "time", Figures.time(clock.nowMillis()));
        line(text, "log time", Figures.time(clock.logicalNowMillis()));
        line(text, "version", server.version());
        line(text, "disk", server.incarnation());
        return text.toString();
    }

    private static void line(StringBuilder to, String name, String value) {
        String shown = value.isBlank() ? "-" : value.strip();
        to.append(String.format(Locale.ROOT, "%-12s%s%n", name, shown));
    }
}
