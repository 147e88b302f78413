package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.statemachine.query.RoutingQueries;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// The trace of a ghost learner: start, send *add learner*, abort, over, then the message comes.
///
/// Messages to the data plane are delayed, repeated and reordered at random. At the end its members
/// are those of the group's record: because it fences what is over, and a migration is over only
/// then. Without the fence the same schedules leave a learner that nobody names.
final class GhostLearnerTest {
    private static final long SEED = Long.getLong("staddle.seed", 20_261_121);
    private static final int RUNS = 150;
    private static final int STEPS = 40;

    @Test
    void aLateAddLearnerOfAnOldAttemptHasNoEffect() {
        for (int i = 0; i < RUNS; i++) {
            Trace trace = new Trace(new SplittableRandom(SEED + i), true);
            trace.run();
            assertThat(trace.ghosts()).as("seed %s: %s", SEED + i, trace.told).isEmpty();
        }
    }

    @Test
    void withoutTheFenceTheSameSchedulesLeaveGhosts() {
        long left = 0;
        for (int i = 0; i < RUNS; i++) {
            Trace trace = new Trace(new SplittableRandom(SEED + i), false);
            trace.run();
            left += trace.ghosts().isEmpty() ? 0 : 1;
        }
        assertThat(left).isPositive();
    }

    /// A message that asks the data plane to add the target of a migration as a learner.
    private record AddLearner(long number, NodeId target) {}

    private static final class Trace {
        private final Directory directory = Directory.onHeap();
        private final SplittableRandom random;
        private final boolean fences;
        private final List<AddLearner> sent = new ArrayList<>();
        private final Set<NodeId> learners = new TreeSet<>();
        private final List<String> told = new ArrayList<>();
        private long fenced;
        private int started;

        Trace(SplittableRandom random, boolean fences) {
            this.random = random;
            this.fences = fences;
            for (String line :
                    List.of(
                            "join a",
                            "state a ACTIVE",
                            "join b",
                            "state b ACTIVE",
                            "join c",
                            "state c ACTIVE",
                            "routing 1 1 1 a")) {
                apply(line);
            }
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> start();
                    case 1 -> deliver();
                    case 2 -> abort();
                    default -> fence();
                }
            }
            abort();
            fence();
            for (int i = 0; i < sent.size() * 2; i++) {
                deliver();
            }
        }

        /// Returns the learners of the data plane that nobody names.
        Set<NodeId> ghosts() {
            Set<NodeId> ghosts = new TreeSet<>(learners);
            ghosts.removeAll(group().learners());
            return ghosts;
        }

        private void start() {
            String id = "m" + started;
            String target = random.nextBoolean() ? "b" : "c";
            if (apply("migrate " + id + " 0 " + target) instanceof Outcome.Done) {
                started++;
                long number = last().orElseThrow().header().number();
                sent.add(new AddLearner(number, new NodeId(target)));
            }
        }

        /// A message comes, perhaps not for the first time.
        private void deliver() {
            if (sent.isEmpty()) {
                return;
            }
            AddLearner message = sent.get(random.nextInt(sent.size()));
            told.add("comes " + message);
            if (!fences || message.number() > fenced) {
                learners.add(message.target());
            }
        }

        private void abort() {
            last().filter(each -> !each.phase().isFinished())
                    .ifPresent(each -> apply("abort " + each.id()));
        }

        /// The data plane removes the learner, refuses what comes later, and says so.
        private void fence() {
            last().filter(each -> each.phase().isFinished() && !each.fenced())
                    .ifPresent(each -> {
                        fenced = Math.max(fenced, each.header().number());
                        learners.remove(each.header().target());
                        apply("fence " + each.id() + " a");
                    });
        }

        private Outcome apply(String line) {
            told.add(line);
            try (View view = directory.store().view()) {
                return directory.apply(Script.parse(line, view, directory.clockMillis()));
            }
        }

        private Optional<MigrationRecord> last() {
            try (View view = directory.store().view()) {
                return new MigrationQueries(view).migration(new MigrationId("m" + (started - 1)));
            }
        }

        private GroupRecord group() {
            try (View view = directory.store().view()) {
                return new RoutingQueries(view).group(new GroupId(1)).orElseThrow();
            }
        }
    }
}
