package io.staddle.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.query.EventFilter;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.server.events.HistoryReader.Reading;
import io.staddle.server.front.UnansweredException;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/// One who does not read while more happens than the ring holds.
final class SlowWatcherTest {
    private static final ClusterId EU = new ClusterId("eu");

    private final HeapStore store = HeapStore.create(Schema.TABLES);
    private final Machine machine = new Machine(store);
    private final Ring ring = new Ring(0);
    private final List<WatchAnswer> answers = new ArrayList<>();
    private final Watcher watcher =
            new Watcher(
                    new WatchOrder(Optional.empty(), EventFilter.ALL, Long.MAX_VALUE, false),
                    new Listening(),
                    ring,
                    new Readers());
    private boolean reads = true;
    private boolean ended;
    private int fellBehind;
    private long index;

    @BeforeEach
    void begin() {
        ClusterProfile profile = new ClusterProfile("", "", 0, true);
        apply(new Register(EU, profile, ClusterState.HEALTHY));
        watcher.begin(new Revision(1, 0), () -> 0);
    }

    @Test
    void isToldAndMissesNothing() {
        acquire(10);
        reads = false;
        acquire(3 * Ring.STRETCHES_MAX);
        int held = answers.size();
        reads = true;
        watcher.advance();

        assertThat(answers.get(held).getLagging().getNewestIndex()).isEqualTo(index);
        assertThat(fellBehind).isEqualTo(1);
        assertThat(told()).isEqualTo(history());
        assertThat(answers.getLast().getThroughIndex()).isEqualTo(index);
    }

    @Test
    void isSentNothingUntilItReads() {
        reads = false;
        int before = answers.size();
        acquire(100);
        assertThat(answers).hasSize(before);
        reads = true;
        watcher.advance();
        assertThat(told()).isEqualTo(history());
        assertThat(fellBehind).isZero();
    }

    @Test
    void isToldWhereToGoOnIfHistoryDoesNotWaitEither() {
        apply(new PutConfig(Map.of("history.entries-max", "10"), 0));
        reads = false;
        long seen = index;
        acquire(3 * Ring.STRETCHES_MAX);
        reads = true;
        watcher.advance();

        WatchAnswer last = answers.getLast();
        assertThat(ended).isTrue();
        assertThat(last.getThroughIndex()).isEqualTo(seen);
        assertThat(last.getTrimmed().getFirstKeptIndex()).isGreaterThan(seen + 1);
    }

    @Test
    void theRingHoldsNoMoreBytesThanItMay() {
        Ring other = new Ring(0);
        try (View view = store.view()) {
            Reading.Read some = (Reading.Read) HistoryReader.after(0, view);
            Happening one = some.stretch().events().getFirst();
            for (int i = 0; i < 20; i++) {
                other.add(Stretch.of(i, i + 1, Collections.nCopies(50_000, one)));
                assertThat(other.extent().bytes()).isLessThanOrEqualTo(Ring.BYTES_MAX);
            }
        }
        assertThat(other.find(0, other.extent())).isNegative();
        assertThat(other.find(19, other.extent())).isEqualTo(19);
    }

    private void acquire(int count) {
        for (int i = 0; i < count; i++) {
            apply(new Acquire(GrainId.of("cart", Long.toString(index)), EU, 0));
        }
    }

    private void apply(Command command) {
        index++;
        machine.apply(new LogPosition(1, index), new Entry(1, List.of(Proposal.of(command))));
        try (View view = store.view()) {
            if (HistoryReader.after(index - 1, view) instanceof Reading.Read(var stretch)) {
                ring.add(stretch);
            }
        }
        watcher.advance();
    }

    private List<Event> told() {
        return answers.stream().flatMap(each -> each.getEventsList().stream()).toList();
    }

    private List<Event> history() {
        List<Event> all = new ArrayList<>();
        try (View view = store.view()) {
            long after = 0;
            while (after < index
                    && HistoryReader.after(after, view) instanceof Reading.Read(var stretch)) {
                stretch.events().forEach(each -> all.add(each.plain()));
                after = stretch.through();
            }
        }
        return all;
    }

    /// Reads at once, on this thread.
    private final class Readers implements Watcher.Library {
        @Override
        public void readAfter(long after, Watcher reader) {
            try (View view = store.view()) {
                reader.read(HistoryReader.after(after, view));
            }
        }

        @Override
        public void fellBehind() {
            fellBehind++;
        }
    }

    private final class Listening implements Audience {
        @Override
        public Executor eventLoop() {
            return Runnable::run;
        }

        @Override
        public boolean isReady() {
            return reads;
        }

        @Override
        public void send(WatchAnswer answer) {
            answers.add(answer);
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void fail(UnansweredException why) {
            throw new AssertionError(why);
        }

        @Override
        public void refuse(String why) {
            throw new AssertionError(why);
        }
    }
}
