package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Membership;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.routing.Ghosts;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Random commands about migrations against the machine and against [NaiveMigrations]: the same
/// answers, members, leaseholders, epochs and phases after each. `-Dstaddle.seed=N` runs one seed.
final class MigrationModelTest {
    private static final long FIRST_SEED = 4_000;
    private static final int SEEDS = 8;
    private static final int ALL_SEEDS = 20;
    private static final int COMMANDS = 400;

    @Test
    void migrationsEndAsOnesThatKeepWhatTheirTargetWasWould() {
        Long seed = Long.getLong("staddle.seed");
        if (seed != null) {
            run(seed, new TreeMap<>());
            return;
        }
        Map<String, Integer> codes = new TreeMap<>();
        for (long each : Seeds.from(FIRST_SEED, SEEDS, ALL_SEEDS)) {
            run(each, codes);
        }
        assertThat(codes.keySet())
                .as("a generator that never meets these tests less than it seems to")
                .contains(
                        "DONE",
                        "ABORT_NOT_DUE",
                        "ALREADY_EXISTS",
                        "CANNOT_ABORT_AFTER_CUTOVER",
                        "CHECKSUM_MISMATCH",
                        "EPOCH_CONFLICT",
                        "ILLEGAL_TRANSITION",
                        "MIGRATION_FINISHED",
                        "MIGRATION_IN_PROGRESS",
                        "NODE_IN_USE",
                        "NODE_NOT_ACTIVE",
                        "NODE_SILENT",
                        "NOT_A_MEMBER",
                        "NOT_CAUGHT_UP",
                        "NOT_FENCED",
                        "NOT_OBSERVED",
                        "PAUSE_BUDGET_EXCEEDED",
                        "PHASE_CONFLICT",
                        "PROGRESS_STALE",
                        "SAME_NODE",
                        "STALE_INCARNATION",
                        "STILL_LEAVING");
        assertThat(codes).containsKeys("COMPLETED", "ABORTED");
    }

    private static void run(long seed, Map<String, Integer> codes) {
        SplittableRandom random = new SplittableRandom(seed);
        Directory directory = directory();
        NaiveMigrations naive = naive(directory.clockMillis());
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            directory.advance(
                    random.nextInt(12) == 0 ? random.nextLong(9_000) : random.nextLong(2));
            Command command;
            try (View view = directory.store().view()) {
                command = new RandomMigrations(random, view, directory.clockMillis()).next();
            }
            steps.add(command.toString());
            String actual = code(directory.apply(command));
            codes.merge(actual, 1, Integer::sum);
            assertThat(actual)
                    .as(Steps.after("-Dstaddle.seed=" + seed, steps))
                    .isEqualTo(naive.apply(command, directory.clockMillis()));
            try (View view = directory.store().view()) {
                compare(view, naive, seed, steps);
            }
        }
        naive.runs.values().forEach(run -> codes.merge(run.phase.name(), 1, Integer::sum));
    }

    private static void compare(View view, NaiveMigrations naive, long seed, List<String> steps) {
        for (GroupId id : RandomMigrations.GROUPS) {
            assertThat(words(view.get(Schema.GROUPS, id).orElseThrow()))
                    .as(Steps.after("-Dstaddle.seed=" + seed + " group " + id, steps))
                    .isEqualTo(words(naive.group(id)));
        }
        for (VShardId id : RandomMigrations.shards()) {
            assertThat(words(view.get(Schema.V_SHARDS, id).orElseThrow()))
                    .as(Steps.after("-Dstaddle.seed=" + seed + " vShard " + id, steps))
                    .isEqualTo(words(naive.shard(id)));
            assertThat(Ghosts.of(id, view))
                    .as(Steps.after("-Dstaddle.seed=" + seed + " ghosts of " + id, steps))
                    .allMatch(ghost -> ghost.target().equals(naive.shard(id).holder))
                    .extracting(Ghost::source)
                    .containsExactlyElementsOf(naive.shard(id).ghosts);
        }
        naive.runs.forEach((id, run) -> {
            var migration = Migrations.find(id, view).orElseThrow();
            assertThat(migration.phase() + " " + migration.stage().phaseVersion())
                    .as(Steps.after("-Dstaddle.seed=" + seed + " migration " + id, steps))
                    .isEqualTo(run.phase + " " + run.steps);
        });
    }

    private static String words(GroupRecord group) {
        Map<NodeId, Membership> members = new TreeMap<>();
        group.voters().forEach(node -> members.put(node, Membership.VOTER));
        group.learners().forEach(node -> members.put(node, Membership.LEARNER));
        Map<NodeId, Long> leaving = new TreeMap<>();
        group.removals().forEach(each -> leaving.put(each.node(), each.configVersion()));
        return members + " " + group.configVersion() + " " + leaving;
    }

    private static String words(NaiveGroup group) {
        return group.members + " " + group.version + " " + group.leaving;
    }

    private static String words(VShardRecord vShard) {
        String busy =
                switch (vShard.engagement()) {
                    case Engagement.Free _ -> "";
                    case Engagement.Migrating(var id) -> id.value();
                    case Engagement.Unfenced(var id) -> id + " unfenced";
                };
        long until = vShard.writes() instanceof Writes.Paused(var millis) ? millis : 0;
        return vShard.group()
                + " "
                + vShard.leaseholder()
                + " @"
                + vShard.epoch()
                + " "
                + until
                + " #"
                + vShard.migrations()
                + " "
                + busy;
    }

    private static String words(NaiveMigrations.Shard shard) {
        return shard.group
                + " "
                + shard.holder
                + " @"
                + shard.epoch
                + " "
                + shard.pausedUntil
                + " #"
                + shard.migrations
                + " "
                + shard.busy
                + (shard.unfenced ? " unfenced" : "");
    }

    private static Directory directory() {
        Directory directory = Directory.onHeap();
        RandomMigrations.beginning().forEach(directory::apply);
        return directory;
    }

    private static NaiveMigrations naive(long now) {
        NaiveMigrations naive = new NaiveMigrations();
        for (NodeId node : RandomMigrations.NODES) {
            NaiveMigrations.Node fresh = new NaiveMigrations.Node();
            fresh.seen = now;
            naive.nodes.put(node, fresh);
        }
        for (int i = 0; i < RandomMigrations.GROUPS.size(); i++) {
            NaiveGroup group = new NaiveGroup();
            group.members.put(RandomMigrations.NODES.get(i), Membership.VOTER);
            naive.groups.put(RandomMigrations.GROUPS.get(i), group);
        }
        for (VShardId id : RandomMigrations.shards()) {
            NaiveMigrations.Shard shard = new NaiveMigrations.Shard();
            int group = id.value() % RandomMigrations.GROUPS.size();
            shard.group = RandomMigrations.GROUPS.get(group);
            shard.holder = RandomMigrations.NODES.get(group);
            naive.shards.put(id, shard);
        }
        return naive;
    }

    private static String code(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> NaiveMigrations.DONE;
            case Outcome.Refused(_, var why) -> RefusalText.of(why).code();
        };
    }
}
