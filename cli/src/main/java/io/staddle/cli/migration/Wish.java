package io.staddle.cli.migration;

import io.staddle.api.id.NodeId;
import io.staddle.api.query.PlanWish;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.util.Optional;

/// What a plan is for.
final class Wish {
    @ArgGroup private final OneNode node = new OneNode();

    static final class OneNode {
        @Option(
                names = "--drain",
                paramLabel = "NODE",
                description = "Only what empties this node, whether it drains already or not.")
        private Optional<NodeId> drain = Optional.empty();

        @Option(
                names = "--fill",
                paramLabel = "NODE",
                description = "Only what gives this node as much as the others have.")
        private Optional<NodeId> fill = Optional.empty();
    }

    PlanWish chosen() {
        return node.drain
                .<PlanWish>map(PlanWish.Drain::new)
                .or(() -> node.fill.map(PlanWish.Fill::new))
                .orElseGet(PlanWish.Even::new);
    }
}
