package io.staddle.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.v1.Cluster;
import io.staddle.api.v1.ClusterState;
import io.staddle.api.v1.ListClustersAnswer;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

final class OutputTest {
    private static final Cluster CLUSTER =
            Cluster.newBuilder()
                    .setId("eu-1")
                    .setRegion("no")
                    .setEndpoint("a: b")
                    .setState(ClusterState.CLUSTER_STATE_HEALTHY)
                    .setFence(Long.MAX_VALUE)
                    .build();

    @Test
    void jsonHasTheNamesOfTheApiAndFieldsAtTheirDefault() {
        assertThat(shown(Format.JSON, output -> output.show(CLUSTER, () -> "")))
                .contains("\"state\": \"CLUSTER_STATE_HEALTHY\"")
                .contains("\"fence\": \"9223372036854775807\"")
                .contains("\"primaryEligible\": false");
    }

    @Test
    void listsOfSeveralServersAreOneDocument() {
        String empty = shown(Format.JSON, output -> output.table("servers", List.of(), Table::new));
        String two =
                shown(
                        Format.JSON,
                        output -> output.table("servers", List.of(CLUSTER, CLUSTER), Table::new));

        assertThat(com.google.gson.JsonParser.parseString(empty).getAsJsonObject().size())
                .isEqualTo(1);
        assertThat(
                        com.google.gson.JsonParser.parseString(two)
                                .getAsJsonObject()
                                .getAsJsonArray("servers")
                                .size())
                .isEqualTo(2);
    }

    @Test
    void yamlIsInBlocksAndQuotesWhatCouldBeSomethingElse() {
        ListClustersAnswer answer = ListClustersAnswer.newBuilder().addClusters(CLUSTER).build();

        assertThat(shown(Format.YAML, output -> output.show(answer, () -> "")))
                .startsWith("clusters:\n  - id: eu-1\n    region: \"no\"\n    endpoint: \"a: b\"\n")
                .contains("    primaryEligible: false\n")
                .contains("    tierRank: 0\n");
    }

    @Test
    void anEmptyTableIsNoOutput() {
        Table empty = new Table(Table.Column.left("A"));
        assertThat(shown(Format.TABLE, output -> output.table(CLUSTER, () -> empty))).isEmpty();
    }

    private static String shown(Format format, Consumer<Output> use) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        use.accept(
                new Output(new PrintStream(bytes, true, StandardCharsets.UTF_8), format, Ink.NONE));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
