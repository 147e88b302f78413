package io.staddle.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.cli.shell.CliException;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;

final class DevPlanTest {
    private static final DevLayout LAYOUT = new DevLayout(Path.of("/d"), 7400);

    @Test
    void theFirstStartFormatsAllThree() {
        DevPlan plan = plan(OptionalInt.empty());
        assertThat(plan.format()).isTrue();
        assertThat(plan.start()).extracting(DevServer::id).containsExactly("s1", "s2", "s3");
    }

    @Test
    void theSecondStartFindsTheData() {
        DevPlan plan = plan(OptionalInt.empty(), 1, 2, 3);
        assertThat(plan.format()).isFalse();
        assertThat(plan.start()).hasSize(3);
    }

    @Test
    void aServerThatLostItsDataIsNeverFormattedAgain() {
        assertThatThrownBy(() -> plan(OptionalInt.empty(), 1, 3))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("the data of server-2 is gone");
        assertThatThrownBy(() -> plan(OptionalInt.of(2), 1, 3))
                .hasMessageContaining("the data of server-2 is gone");
        assertThat(plan(OptionalInt.of(3), 1, 3).start())
                .extracting(DevServer::number)
                .containsExactly(3);
    }

    @Test
    void oneAloneIsNeverFormatted() {
        assertThatThrownBy(() -> plan(OptionalInt.of(1)))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("there is no data in /d yet");
    }

    @Test
    void numbersAndPortsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> plan(OptionalInt.of(4), 1, 2, 3))
                .hasMessageContaining("--only must be 1, 2 or 3");
        assertThatThrownBy(() -> new DevLayout(Path.of("/d"), 80))
                .hasMessageContaining("--base-port must be 1024 to 65432");
    }

    @Test
    void theConfigurationOfAServerNamesAllThree() {
        assertThat(LAYOUT.yaml(LAYOUT.server(2)))
                .isEqualTo(
                        """
                        # Written by `staddle dev` at every start.
                        server: s2
                        deployment: dev
                        data: "/d/server-2/data"
                        console:
                          operate: true
                        servers:
                          - id: s1
                            api: 127.0.0.1:7400
                            raft: 127.0.0.1:7500
                          - id: s2
                            api: 127.0.0.1:7401
                            raft: 127.0.0.1:7501
                          - id: s3
                            api: 127.0.0.1:7402
                            raft: 127.0.0.1:7502
                        """);
        assertThat(LAYOUT.endpoints()).isEqualTo("127.0.0.1:7400,127.0.0.1:7401,127.0.0.1:7402");
    }

    private static DevPlan plan(OptionalInt only, Integer... formatted) {
        Set<Integer> there = Set.of(formatted);
        return DevPlan.of(LAYOUT, only, server -> there.contains(server.number()));
    }
}
