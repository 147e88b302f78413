package io.staddle.statemachine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.query.EventPage;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How long history is kept.
final class HistoryTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final int COMMANDS = 500;

    private final HeapStore store = HeapStore.create(Schema.TABLES);
    private final Machine machine = new Machine(store);
    private long index;
    private long now = 1;
    private int grains;

    @Test
    void fewLargeEntriesAreTrimmedByTheirEvents() {
        start(Map.of("history.events-max", "10000"));

        for (int i = 0; i < 100; i++) {
            acquire(COMMANDS);
        }

        EventPage kept = history();
        // To within a tenth, and what lies between two marks.
        assertThat(kept.events()).hasSizeBetween(10_000, 10_000 + 1_000 + 2 * 1_024 + COMMANDS);
        assertThat(kept.events().getFirst().revision().index()).isEqualTo(kept.firstKept());
        assertThat(kept.events().getLast().revision().index()).isEqualTo(index - 1);
    }

    @Test
    void anEntryLargerThanTheSpaceBetweenMarksIsTrimmedWithTheOthers() {
        start(Map.of("history.events-max", "10000"));

        for (int i = 0; i < 8; i++) {
            acquire(9_000);
        }

        assertThat(history().events()).hasSizeLessThanOrEqualTo(20_000).hasSizeGreaterThan(8_999);
    }

    @Test
    void manySmallEntriesAreTrimmedByTheirNumber() {
        start(Map.of("history.entries-max", "50"));

        for (int i = 0; i < 500; i++) {
            acquire(1);
        }

        assertThat(history().events()).hasSizeBetween(50, 56);
    }

    @Test
    void whatIsTooOldIsTrimmedWhateverItsNumber() {
        start(Map.of("history.millis-max", "10000"));

        for (int second = 1; second <= 60; second++) {
            now = 1 + second * 1_000L;
            acquire(3);
        }

        List<RecordedEvent> kept = history().events();
        assertThat(kept.getFirst().atMillis()).isBetween(now - 10_100, now - 9_000);
        assertThat(kept.getLast().atMillis()).isEqualTo(now);
        assertThat(kept.getFirst().revision().index()).isEqualTo(history().firstKept());
    }

    @Test
    void aShorterTimeTakesEffectAtOnce() {
        start(Map.of("history.millis-max", "315360000000"));
        acquire(1);
        now = 60_000;
        acquire(1);
        apply(List.of(new PutConfig(Map.of("history.millis-max", "1000"), 2)));

        acquire(1);

        assertThat(history().events().getFirst().atMillis()).isEqualTo(60_000);
    }

    private void start(Map<String, String> config) {
        ClusterProfile profile = new ClusterProfile("", "", 0, true);
        apply(
                List.of(
                        new Register(EU, profile, ClusterState.HEALTHY),
                        new RaiseFeatureLevel(2),
                        new PutConfig(config, 1)));
    }

    private void acquire(int count) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GrainId grain = new GrainId(new GrainType("t"), "k" + grains++);
            commands.add(new Acquire(grain, EU, 0));
        }
        apply(commands);
    }

    private void apply(List<Command> commands) {
        var outcomes =
                machine.apply(
                        new LogPosition(1, index++),
                        new Entry(now, commands.stream().map(Proposal::of).toList()));
        assertThat(outcomes).allSatisfy(each -> assertThat(each.toString()).contains("Done"));
    }

    private EventPage history() {
        try (View view = store.view()) {
            return new Queries(view).events(0, 1_000_000);
        }
    }
}
