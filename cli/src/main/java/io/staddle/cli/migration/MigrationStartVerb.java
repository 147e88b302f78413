package io.staddle.cli.migration;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.RoutingDelta;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// `migration start`
@Command(
        name = "start",
        description = {
            "Begins to move a vShard to another node, while it is in use.",
            "The leader takes it from step to step as the data plane reports."
        })
public final class MigrationStartVerb extends Verb {
    @Parameters(paramLabel = "VSHARD", description = "The vShard.")
    private VShardId vShard = new VShardId(0);

    @Parameters(paramLabel = "NODE", description = "Who is to serve it.")
    private NodeId target = new NodeId("unset");

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "What to call it, so that it can be repeated. Default: a random UUID")
    private Optional<MigrationId> id = Optional.empty();

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            description = "For how long writes may be paused, at least 1ms. Default: 500ms")
    private Duration budget = Duration.ofMillis(500);

    @Option(names = "--move-leader", description = "The target is to lead the group, too.")
    private boolean movesLeader;

    /// Creates it.
    public MigrationStartVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        RoutingDelta routing = session.routing().all();
        // What is not known is refused by the servers, in their order.
        long incarnation =
                routing.nodes().stream()
                        .filter(node -> node.id().equals(target))
                        .map(NodeRecord::incarnation)
                        .findFirst()
                        .orElse(1L);
        Epoch epoch =
                routing.vShards().stream()
                        .filter(each -> each.id().equals(vShard))
                        .map(VShardRecord::epoch)
                        .findFirst()
                        .orElse(Epoch.NONE);
        StartMigration start =
                new StartMigration(
                        id.orElseGet(() -> new MigrationId(UUID.randomUUID().toString())),
                        vShard,
                        target,
                        incarnation,
                        budget.toMillis() * 1_000,
                        movesLeader,
                        epoch);
        Result<MigrationRecord> result = session.migrations().start(start);
        return session.conclude(
                result,
                Answer.Migration::new,
                done ->
                        "migration %s of vShard %s from %s to %s is in %s (revision %s)"
                                .formatted(
                                        start.id(),
                                        vShard,
                                        done.value().header().source(),
                                        target,
                                        done.value().phase(),
                                        done.revision()));
    }
}
