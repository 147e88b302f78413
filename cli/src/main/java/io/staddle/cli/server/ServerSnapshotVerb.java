package io.staddle.cli.server;

import io.staddle.api.v1.SnapshotAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerReports;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `server snapshot`
@Command(name = "snapshot", description = "Has a server take a snapshot of its state.")
public final class ServerSnapshotVerb extends Verb {
    @Parameters(paramLabel = "SERVER", description = "Its name or its HOST:PORT.")
    private String server = "";

    /// Creates it.
    public ServerSnapshotVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ServerAdmin servers = session.servers();
        ServerReports.Snapshot snapshot = servers.snapshot(Servers.endpoint(servers, server));
        SnapshotAnswer answer =
                SnapshotAnswer.newBuilder()
                        .setServer(snapshot.server())
                        .setIndex(snapshot.index())
                        .setMillis(snapshot.millis())
                        .build();
        session.output()
                .show(
                        answer,
                        () ->
                                "%s has a snapshot at index %d, taken in %d ms"
                                        .formatted(
                                                snapshot.server(),
                                                snapshot.index(),
                                                snapshot.millis()));
        return ExitCode.DONE;
    }
}
