package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.it.kit.Story;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The demonstration in `examples/moving-shards`, which checks itself what it claims. It starts
/// eight processes: too much for each build.
@Tag("soak")
final class MovingShardsIT {
    @TempDir private Path directory = Path.of("unset");

    @Test
    void shardsMoveUnderWritesThoughTheLeaderAndTheTargetAreKilled() throws Exception {
        assertThat(Story.failed("moving-shards", directory, "--short")).isEmpty();
    }

    @Test
    void allClaimsOfTheDemonstrationHold() throws Exception {
        assertThat(Story.failed("moving-shards", directory)).isEmpty();
    }
}
