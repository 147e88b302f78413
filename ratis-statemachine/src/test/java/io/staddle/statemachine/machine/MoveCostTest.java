package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.Revision;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// What a failover costs depends on clusters and types, and not on how many grains there are.
final class MoveCostTest {
    @Test
    void aFailoverWritesNoRowOfAGrain() {
        HeapStore store = directoryOf(2_000);
        List<String> grains = rows(store, Schema.GRAINS);
        List<String> members = rows(store, Schema.HOLDING_GRAINS);
        List<String> counts = rows(store, Schema.HOLDING_COUNTS);
        for (String move :
                List.of(
                        "failover m1 a",
                        "beat a",
                        "readmit a m1",
                        "failback m2 a",
                        "evacuate m3 a types t to b")) {
            apply(move, store);
            assertThat(rows(store, Schema.GRAINS)).as(move).isEqualTo(grains);
            assertThat(rows(store, Schema.HOLDING_GRAINS)).as(move).isEqualTo(members);
            assertThat(rows(store, Schema.HOLDING_COUNTS)).as(move).isEqualTo(counts);
        }
    }

    @Test
    void aFailoverHasAsManyEventsForAThousandGrainsAsForTen() {
        assertThat(events("failover m a", directoryOf(1_000)))
                .isEqualTo(events("failover m a", directoryOf(10)))
                .isEqualTo(5);
    }

    private static HeapStore directoryOf(int grains) {
        HeapStore store = HeapStore.create(Schema.TABLES);
        apply("register a", store);
        apply("register b", store);
        try (View view = store.view()) {
            List<Proposal> proposals = new ArrayList<>();
            for (int i = 0; i < grains; i++) {
                String type = i % 2 == 0 ? "t/" : "u/";
                proposals.add(Proposal.of(Script.parse("acquire " + type + i + " a", view, 5)));
            }
            new Machine(store).apply(next(store), new Entry(5, proposals));
        }
        return store;
    }

    private static int events(String line, HeapStore store) {
        try (View view = store.view()) {
            Command command = Script.parse(line, view, 9);
            return switch (Rules.decide(command, view, new Tick(new Revision(9, 0), 9))) {
                case Decision.Accept(var events, _) -> events.size();
                case Decision.Refuse _ -> -1;
            };
        }
    }

    private static void apply(String line, HeapStore store) {
        try (View view = store.view()) {
            Proposal proposal = Proposal.of(Script.parse(line, view, 9)).inTerm(1);
            new Machine(store).apply(next(store), new Entry(9, List.of(proposal)));
        }
    }

    private static LogPosition next(HeapStore store) {
        return new LogPosition(1, Math.max(0, store.applied().index()) + 1);
    }

    private static <K, V> List<String> rows(HeapStore store, Table<K, V> table) {
        try (View view = store.view()) {

            return Transitions.rows(view, table).stream().map(Object::toString).toList();
        }
    }
}
