package io.staddle.cli.server;

import io.staddle.api.id.ServerId;
import io.staddle.api.v1.TransferLeadershipAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerReports;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.Optional;

/// `server transfer-leader`
@Command(
        name = "transfer-leader",
        description = "Has another server lead, as before maintenance of the leader.")
public final class ServerTransferVerb extends Verb {
    @Option(names = "--to", paramLabel = "SERVER", description = "Which; else any other.")
    private Optional<ServerId> to = Optional.empty();

    /// Creates it.
    public ServerTransferVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ServerAdmin servers = session.servers();
        ServerReports.Transfer transfer =
                to.map(servers::transferLeadership).orElseGet(servers::transferLeadership);
        TransferLeadershipAnswer answer =
                TransferLeadershipAnswer.newBuilder()
                        .setLeader(transfer.leader())
                        .setMillis(transfer.millis())
                        .build();
        session.output()
                .show(
                        answer,
                        () ->
                                "%s leads after %d ms"
                                        .formatted(transfer.leader(), transfer.millis()));
        return ExitCode.DONE;
    }
}
