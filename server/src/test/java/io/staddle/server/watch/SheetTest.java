package io.staddle.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.metrics.Sheet;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

final class SheetTest {
    @Test
    void namesThatUsersChooseAreBoundedAndTheGreatestValuesKeepTheirs() {
        List<Integer> clusters = IntStream.rangeClosed(1, 1_000).boxed().toList();
        Map<String, Double> bounded =
                Sheet.bounded(clusters, each -> "c" + each, Integer::doubleValue, Double::sum);

        assertThat(bounded).hasSize(Sheet.NAMES_MAX + 1).containsEntry("c1000", 1_000.0);
        assertThat(bounded).containsEntry("c901", 901.0).doesNotContainKey("c900");
        assertThat(bounded).containsEntry(Sheet.OTHER, 900 * 901 / 2.0);
    }
}
