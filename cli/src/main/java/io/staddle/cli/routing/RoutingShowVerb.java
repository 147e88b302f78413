package io.staddle.cli.routing;

import io.staddle.api.codec.NodeCodec;
import io.staddle.api.codec.RoutingCodec;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.RoutingDelta;
import io.staddle.api.v1.AnswerHeader;
import io.staddle.api.v1.GetRoutingAnswer;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Observed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Optional;

/// `routing show`
@Command(
        name = "show",
        description = {
            "Shows the groups; with --vshards, --node or --group the vShards instead.",
            "JSON has both, and the index to ask --since for next."
        })
public final class RoutingShowVerb extends Verb {
    @Option(
            names = "--since",
            paramLabel = "INDEX",
            description = "Only what has changed after this index of the log.")
    private long since;

    @Option(names = "--vshards", description = "The vShards.")
    private boolean vShards;

    @Option(names = "--node", paramLabel = "NODE", description = "The vShards that it serves.")
    private Optional<NodeId> node = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "The vShards that are in it.")
    private Optional<GroupId> group = Optional.empty();

    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public RoutingShowVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present);
        Observed<RoutingDelta> seen =
                session.routing().changesAfter(since, Consistency.LINEARIZABLE);
        List<VShardRecord> wanted = seen.value().vShards().stream().filter(this::isWanted).toList();
        boolean rows = vShards || node.isPresent() || group.isPresent();
        session.output()
                .table(
                        answer(seen, wanted),
                        () -> rows ? Routes.vShards(wanted) : Routes.groups(seen.value()));
        if (seen.value().layout().isEmpty()) {
            session.say("There is no routing yet. To make it: staddle routing init");
        }
        return ExitCode.DONE;
    }

    private boolean isWanted(VShardRecord vShard) {
        return node.filter(each -> !each.equals(vShard.leaseholder())).isEmpty()
                && group.filter(each -> !each.equals(vShard.group())).isEmpty();
    }

    private static GetRoutingAnswer answer(
            Observed<RoutingDelta> seen, List<VShardRecord> vShards) {
        GetRoutingAnswer.Builder answer =
                GetRoutingAnswer.newBuilder()
                        .setHeader(
                                AnswerHeader.newBuilder()
                                        .setIndex(seen.header().index())
                                        .setServer(seen.header().server())
                                        .setAgeMillis(seen.header().ageMillis()));
        RoutingDelta delta = seen.value();
        delta.layout().ifPresent(layout -> answer.setLayout(RoutingCodec.encode(layout)));
        delta.nodes().forEach(each -> answer.addNodes(NodeCodec.encode(each)));
        delta.groups().forEach(each -> answer.addGroups(RoutingCodec.encode(each)));
        vShards.forEach(each -> answer.addVShards(RoutingCodec.encode(each)));
        return answer.build();
    }
}
