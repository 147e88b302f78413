package io.staddle.cli.routing;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.RoutingLayout;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `routing init`
@Command(
        name = "init",
        description = {
            "Makes groups and vShards, spread evenly over ACTIVE nodes.",
            "Once: the number of vShards never changes. Repeated with the same options it changes",
            "nothing."
        })
public final class RoutingInitVerb extends Verb {
    @Parameters(
            paramLabel = "NODE",
            arity = "1..*",
            description = "The nodes, in the order in which groups are spread over them.")
    private List<NodeId> nodes = List.of();

    @Option(names = "--vshards", paramLabel = "N", description = "How many. Default: 1024")
    private int vShards = 1_024;

    @Option(names = "--groups", paramLabel = "N", description = "How many. Default: 8")
    private int groups = 8;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "How many voters a group has, 1 to 9. Default: 3")
    private int replicas = 3;

    /// Creates it.
    public RoutingInitVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Result<RoutingLayout> result =
                session.routing().init(new RoutingLayout(vShards, groups, replicas, nodes));
        return session.conclude(
                result,
                Answer.Routing::new,
                done ->
                        "%s vShards in %s groups of %s (revision %s)"
                                .formatted(
                                        done.value().vShards(),
                                        done.value().groups(),
                                        done.value().replicationFactor(),
                                        done.revision()));
    }
}
