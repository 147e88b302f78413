package io.staddle.cli.failover;

import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;

import picocli.CommandLine.Option;

import java.util.Optional;

/// Who takes over. A mixin of the verbs that let somebody choose.
final class Successors {
    @Option(
            names = "--to",
            paramLabel = "CLUSTER",
            description = "Who takes over; else whoever placement and tiers choose for each type.")
    private Optional<ClusterId> to = Optional.empty();

    Successor chosen() {
        return to.<Successor>map(Successor.Named::new).orElseGet(Successor.ByPlacement::new);
    }
}
