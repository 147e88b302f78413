package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.state.Barriers;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Random commands about barriers against the machine and against [NaiveBarriers], under leaders
/// that change: the same answers, decisions, tokens and watermarks after each.
/// `-Dstaddle.seed=N` runs one seed.
final class BarrierModelTest {
    private static final long FIRST_SEED = 6_000;
    private static final int SEEDS = 8;
    private static final int ALL_SEEDS = 20;
    private static final int COMMANDS = 300;

    @Test
    void barriersEndAsAListOfAllOfThemWould() {
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
                        "ACK_CONFLICT",
                        "ALREADY_EXISTS",
                        "BARRIER_DECIDED",
                        "BARRIER_IN_FLIGHT",
                        "DEADLINE_PASSED",
                        "HELD",
                        "NOT_FOUND",
                        "NOT_PARTICIPANT",
                        "NOT_READY",
                        "NO_PARTICIPANTS",
                        "OUT_OF_RANGE",
                        "STALE_INCARNATION",
                        "STALE_TOKEN",
                        "VERSION_CONFLICT");
        assertThat(codes).containsKeys("COMMITTED", "ABORTED", "READY", "PREPARE");
    }

    private static void run(long seed, Map<String, Integer> codes) {
        SplittableRandom random = new SplittableRandom(seed);
        Directory directory = Directory.onHeap();
        directory.apply(new AdminCommand.RaiseFeatureLevel(3));
        NaiveBarriers naive = new NaiveBarriers();
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            directory.advance(random.nextInt(12) == 0 ? random.nextLong(900) : random.nextLong(20));
            if (random.nextInt(60) == 0) {
                directory.lead(directory.term() + 1);
                naive.lead(directory.clockMillis());
            }
            BarrierCommand command;
            try (View view = directory.store().view()) {
                command = new RandomBarriers(random, view).next();
            }
            steps.add(command.toString());
            String actual = code(directory.apply(command));
            codes.merge(actual, 1, Integer::sum);
            assertThat(actual)
                    .as(Steps.after("-Dstaddle.seed=" + seed, steps))
                    .isEqualTo(naive.apply(command, directory.clockMillis()));
            try (View view = directory.store().view()) {
                naive.scopes.forEach((id, scope) ->
                        assertThat(words(id, scope, view))
                                .as(Steps.after("-Dstaddle.seed=" + seed, steps))
                                .isEqualTo(words(scope)));
            }
        }
        naive.scopes.values().stream()
                .flatMap(scope -> scope.rounds.stream())
                .forEach(round -> codes.merge(round.status(), 1, Integer::sum));
    }

    private static String words(NaiveBarriers.Scope scope) {
        return "t%s mark %s %s"
                .formatted(
                        scope.token,
                        scope.mark,
                        scope.rounds.stream().map(each -> each.epoch + each.status()).toList());
    }

    private static String words(ScopeId id, NaiveBarriers.Scope naive, View view) {
        BarrierScope scope = Barriers.scope(id, view).orElseThrow();
        List<String> rounds =
                naive.rounds.stream()
                        .map(each -> Barriers.find(new BarrierId(id, each.epoch), view))
                        .map(barrier ->
                                barrier.map(each -> each.id().epoch() + "" + each.status())
                                        .orElse("none"))
                        .toList();
        return "t%s mark %s %s"
                .formatted(
                        scope.coordinator().token(),
                        scope.watermark().orElse(Long.MIN_VALUE),
                        rounds);
    }

    private static String code(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> NaiveBarriers.DONE;
            case Outcome.Refused(_, var why) -> RefusalText.of(why).code();
        };
    }
}
