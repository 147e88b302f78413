package io.staddle.cli.barrier;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.Vote;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.OptionalLong;

/// `barrier ack`
@Command(
        name = "ack",
        description = {
            "Says for a participant that it is prepared, or with --failed that it is not.",
            "The first that fails aborts the barrier; needs --reason then."
        })
public final class BarrierAckVerb extends Verb {
    @Parameters(paramLabel = "SCOPE/EPOCH", description = "The barrier.")
    private String barrier = "";

    @Option(
            names = "--node",
            required = true,
            paramLabel = "NODE",
            description = "The participant.")
    private NodeId node = new NodeId("unset");

    @Option(names = "--incarnation", paramLabel = "N", description = "Which life of it. Default: 1")
    private long incarnation = 1;

    @Option(
            names = "--watermark",
            paramLabel = "MILLIS",
            arity = "1",
            description = "How far its data is complete, in its own time.")
    private List<Long> watermark = List.of();

    @Option(
            names = "--failed",
            paramLabel = "CODE",
            description = "It failed, in the words of your system, such as DISK_FULL.")
    private String failed = "";

    /// Creates it.
    public BarrierAckVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        if (!failed.isEmpty() && !watermark.isEmpty()) {
            throw CliException.usage(
                    "either --watermark or --failed was expected, not both", "Leave one out.");
        }
        return Barriers.conclude(
                session,
                session.barriers()
                        .acknowledge(Spots.barrier(barrier), node, incarnation, vote(session)));
    }

    private Vote vote(Session session) {
        if (!failed.isEmpty()) {
            return new Vote.Failed(failed, session.reasonFor("a vote that it failed"));
        }
        return new Vote.Prepared(
                watermark.isEmpty() ? OptionalLong.empty() : OptionalLong.of(watermark.getFirst()));
    }
}
