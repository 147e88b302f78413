package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// A grain that is to change its owner, and who gets it.
final class Target {
    @Parameters(paramLabel = "TYPE/KEY", description = "The grain.")
    private GrainId grain = GrainId.of("unset", "unset");

    @Option(
            names = "--to",
            paramLabel = "CLUSTER",
            required = true,
            description = "Who is to own it.")
    private ClusterId to = new ClusterId("unset");

    @Option(
            names = "--epoch",
            paramLabel = "N",
            description = "The epoch last seen; 0 for a grain never owned.")
    private Optional<Long> epoch = Optional.empty();

    GrainId grain() {
        return grain;
    }

    ClusterId to() {
        return to;
    }

    Optional<Long> epoch() {
        return epoch;
    }
}
