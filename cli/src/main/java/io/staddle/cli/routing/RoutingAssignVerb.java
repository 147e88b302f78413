package io.staddle.cli.routing;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.VShardRecord;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `routing assign`
@Command(
        name = "assign",
        description = {
            "Lets another node serve a vShard at once, without moving any data or pausing writes.",
            "To move it while it is in use: staddle migration start."
        })
public final class RoutingAssignVerb extends Verb {
    @Parameters(paramLabel = "VSHARD", description = "The vShard.")
    private VShardId vShard = new VShardId(0);

    @Parameters(paramLabel = "NODE", description = "Who is to serve it: a voter of the group.")
    private NodeId node = new NodeId("unset");

    @Option(names = "--group", paramLabel = "GROUP", description = "Another group for it.")
    private Optional<GroupId> group = Optional.empty();

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public RoutingAssignVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        VShardRecord seen = Routes.vShard(session.routing(), vShard);
        confirmation.seek(
                session.shell(),
                "This takes vShard %s from %s at once".formatted(vShard, seen.leaseholder()),
                vShard.toString());
        Result<VShardRecord> result =
                session.routing().assign(vShard, group.orElse(seen.group()), node, seen.epoch());
        return session.conclude(
                result,
                Answer.VShard::new,
                done -> Routes.served(done.value()) + " (revision " + done.revision() + ")");
    }
}
