package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.it.kit.Story;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// The demonstration in `examples/checkpoints`, which checks itself what it claims.
final class CheckpointsIT {
    @TempDir private Path directory = Path.of("unset");

    @Test
    @Tag("slow")
    void aStreamJobKeepsItsCheckpointThoughTheCoordinatorIsKilledBeforeItsCommit()
            throws Exception {
        assertThat(Story.failed("checkpoints", directory, "--short")).isEmpty();
    }

    @Test
    @Tag("soak")
    void allClaimsOfTheDemonstrationHold() throws Exception {
        assertThat(Story.failed("checkpoints", directory)).isEmpty();
    }
}
