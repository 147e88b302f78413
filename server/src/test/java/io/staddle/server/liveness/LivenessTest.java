package io.staddle.server.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Observation;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

final class LivenessTest {
    private static final long TERM = 7;
    private static final Duration SUSPECT_AFTER = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");
    private static final ClusterId AP = new ClusterId("ap");

    private final ManualTime time = new ManualTime();
    private final Liveness liveness = new Liveness(time::nanos, time);

    @Test
    void whoWasNeverHeardCountsAsHeardWhenTheLeaderBegan() {
        watchFor(Duration.ofSeconds(4));

        assertThat(silence(EU)).isEqualTo(Duration.ofSeconds(4).minus(STEP));
    }

    @Test
    void aBeatEndsTheSilenceOfWhoBeatsAndOfNobodyElse() {
        watchFor(Duration.ofSeconds(4));
        liveness.heard(TERM, EU, Sightings.NONE);
        watchFor(Duration.ofSeconds(1));

        assertThat(silence(EU)).isEqualTo(Duration.ofSeconds(1));
        assertThat(silence(US)).isGreaterThan(Duration.ofSeconds(4));
    }

    @Test
    void everyTermBeginsAnewAndBeatsOfAnEarlierTermAreLost() {
        watchFor(Duration.ofSeconds(20));
        liveness.look(TERM + 1, SUSPECT_AFTER);
        assertThat(liveness.silence(TERM + 1, EU)).isZero();

        time.passes(STEP);
        liveness.heard(TERM, EU, Sightings.NONE);
        assertThat(liveness.silence(TERM + 1, EU)).isEqualTo(STEP);
    }

    @Test
    void aLeaderThatDidNotLookForAWhileGivesEverybodyTheWholeTimeAgain() {
        liveness.heard(TERM, EU, Sightings.NONE);
        watchFor(Duration.ofSeconds(10));
        time.passes(SUSPECT_AFTER.dividedBy(4).plusMillis(1));
        assertThat(silence(EU)).isGreaterThan(Duration.ofSeconds(13));
        liveness.look(TERM, SUSPECT_AFTER);

        assertThat(silence(EU)).isZero();
        assertThat(silence(US)).isZero();
        assertThat(liveness.counters().pauses().sum()).isEqualTo(1);
    }

    @Test
    void aLeaderThatOnlyLooksLateDoesNot() {
        watchFor(Duration.ofSeconds(10));
        time.passes(SUSPECT_AFTER.dividedBy(4));
        liveness.look(TERM, SUSPECT_AFTER);

        assertThat(silence(EU)).isGreaterThan(Duration.ofSeconds(13));
    }

    @Test
    void aClockThatJumpsGivesEverybodyTheWholeTimeAgain() {
        for (Duration jump : Set.of(Duration.ofHours(2), Duration.ofHours(-2))) {
            watchFor(Duration.ofSeconds(10));
            time.jumps(jump);
            liveness.look(TERM, SUSPECT_AFTER);

            assertThat(silence(EU)).as("after a jump of %s", jump).isZero();
        }
        assertThat(liveness.counters().clockJumps().sum()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetALittleIsNoReason() {
        watchFor(Duration.ofSeconds(10));
        time.jumps(Duration.ofMillis(900));
        watchFor(Duration.ofSeconds(1));
        time.jumps(Duration.ofMillis(-900));
        watchFor(Duration.ofSeconds(1));

        assertThat(silence(EU)).isGreaterThan(Duration.ofSeconds(11));
    }

    @Test
    void onlyThoseWhoWereHeardLatelyAreBelieved() {
        liveness.heard(TERM, EU, new Sightings(Map.of(AP, false, US, true)));
        watchFor(Duration.ofSeconds(10));
        liveness.heard(TERM, US, new Sightings(Map.of(AP, false)));
        watchFor(Duration.ofSeconds(6));

        assertThat(liveness.observations(TERM, SUSPECT_AFTER, 60_000))
                .containsOnlyKeys(AP)
                .extractingByKey(AP, org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactly(new Observation(US, false, 54_000));
    }

    @Test
    void whatWasSaidBeforeAPauseIsForgotten() {
        liveness.look(TERM, SUSPECT_AFTER);
        liveness.heard(TERM, EU, new Sightings(Map.of(AP, false)));
        time.passes(Duration.ofSeconds(10));
        liveness.look(TERM, SUSPECT_AFTER);

        assertThat(liveness.observations(TERM, SUSPECT_AFTER, 60_000)).isEmpty();
    }

    @Test
    void thatNobodyIsSilentIsSaidAsIfEachHadBeenLookedAt() {
        Random random = new Random(20_261_121);
        List<ClusterId> watched = List.of(EU, US);
        int silent = 0;
        for (int i = 0; i < 10_000; i++) {
            time.passes(Duration.ofMillis(random.nextInt(1_500)));
            switch (random.nextInt(8)) {
                case 0 -> liveness.heard(TERM, EU, Sightings.NONE);
                case 1 -> liveness.heard(TERM, US, Sightings.NONE);
                case 2 -> watched = random.nextBoolean() ? List.of(EU, US) : List.of(EU, US, AP);
                default -> liveness.look(TERM, SUSPECT_AFTER);
            }
            Duration limit = Duration.ofSeconds(random.nextInt(2, 12));
            boolean any = watched.stream().anyMatch(each -> silence(each).compareTo(limit) >= 0);
            assertThat(liveness.isAnySilent(TERM, watched, limit)).as("step %d", i).isEqualTo(any);
            silent += any ? 1 : 0;
        }
        assertThat(silent).isBetween(1_000, 9_000);
    }

    private Duration silence(ClusterId cluster) {
        return liveness.silence(TERM, cluster);
    }

    private void watchFor(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(STEP)) {
            time.passes(STEP);
            liveness.look(TERM, SUSPECT_AFTER);
        }
    }
}
