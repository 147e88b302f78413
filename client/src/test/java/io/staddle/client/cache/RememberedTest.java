package io.staddle.client.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Ownership;
import io.staddle.client.Watched;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

final class RememberedTest {
    private static final int SEEDS = 100;
    private static final int STEPS = 300;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /// A read that was answered, and has not come yet.
    private record Answer(GrainId grain, long index, Ownership ownership) {
        CachedOwner owner() {
            return new CachedOwner(grain, ownership.owner(), ownership.epoch(), index);
        }
    }

    /// Reads and news come in any order and late; what is remembered was so at some time since the
    /// last of the news that came, and after what anybody was told of the grain.
    @Test
    void whatIsRememberedIsNeverOlderThanTheNews() {
        long found = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            found += run(new Random(seed), seed);
        }
        assertThat(found).as("answers from memory").isGreaterThan(SEEDS * 50L);
    }

    @Test
    void nothingIsYoungBeforeTheFirstMarkAndAfterTheLastOneForLong() {
        Remembered remembered = new Remembered(10);
        assertThat(remembered.isWithin(SECOND, 0)).isFalse();
        assertThat(remembered.ageMillis(0)).isEqualTo(-1);
        Revision next = new Revision(5, 0);
        assertThat(remembered.on(new Watched.Progress(next, -1), 0)).isTrue();
        assertThat(remembered.isWithin(SECOND, 0)).isFalse();
        remembered.on(new Watched.Progress(next, 400), 0);
        assertThat(remembered.isWithin(SECOND, SECOND / 2)).isTrue();
        assertThat(remembered.ageMillis(SECOND / 2)).isEqualTo(900);
        assertThat(remembered.isWithin(SECOND, SECOND)).isFalse();
        // What was known stays known, though another server knows less.
        remembered.on(new Watched.Progress(next, 3_000), SECOND);
        assertThat(remembered.ageMillis(SECOND)).isEqualTo(1_400);
    }

    @Test
    void itCannotGoOnAfterAGapNorWhatItDoesNotUnderstand() {
        Remembered remembered = new Remembered(10);
        Revision revision = new Revision(5, 0);
        assertThat(remembered.on(new Watched.Trimmed(revision, 9), 0)).isFalse();
        assertThat(remembered.on(new Watched.Lagging(revision, 9), 0)).isTrue();
        Watched.Change unknown = new Watched.Change(revision, 0, Origin.NONE, List.of(), 1);
        assertThat(remembered.on(unknown, 0)).isFalse();
    }

    @Test
    void itRemembersSoMany() {
        Remembered remembered = new Remembered(3);
        remembered.on(new Watched.Progress(new Revision(1, 0), 0), 0);
        GrainWorld world = new GrainWorld(new Random(1));
        for (GrainId grain : GrainWorld.GRAINS) {
            Answer answer = read(world, grain, 0);
            remembered.read(answer.owner(), answer.ownership());
        }
        await().until(() -> remembered.size() <= 3);
    }

    private static long run(Random random, long seed) {
        GrainWorld world = new GrainWorld(random);
        for (int i = random.nextInt(20); i > 0; i--) {
            world.goOn();
        }
        Remembered remembered = new Remembered(100);
        List<Answer> late = new ArrayList<>();
        int told = world.steps().size() - 1;
        boolean begun = false;
        long found = 0;
        Map<GrainId, Epoch> last = new HashMap<>();
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(6)) {
                case 0 -> world.goOn();
                case 1 -> late.add(read(world, any(random), recent(world, random)));
                case 2 -> {
                    if (!late.isEmpty()) {
                        Answer answer = late.remove(random.nextInt(late.size()));
                        remembered.read(answer.owner(), answer.ownership());
                        last.merge(answer.grain(), answer.ownership().epoch(), RememberedTest::max);
                    }
                }
                case 3 -> {
                    if (!begun) {
                        Revision begin = new Revision(world.index() + 1, 0);
                        remembered.on(new Watched.Progress(begin, 0), 0);
                        told = world.steps().size() - 1;
                        begun = true;
                    } else if (told + 1 < world.steps().size()) {
                        told++;
                        remembered.on(world.steps().get(told).told(), 0);
                    }
                }
                default -> {
                    GrainId grain = any(random);
                    CachedOwner owner = remembered.find(grain);
                    if (owner != null) {
                        found++;
                        check(world, owner, told, seed);
                        Epoch before = last.merge(grain, owner.epoch(), RememberedTest::max);
                        assertThat(owner.epoch()).as("seed %d, going back", seed).isEqualTo(before);
                    }
                }
            }
        }
        return found;
    }

    private static Epoch max(Epoch one, Epoch other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static void check(GrainWorld world, CachedOwner found, int told, long seed) {
        assertThat(world.steps().subList(told, world.steps().size()))
                .as("seed %d, %s, after %d steps", seed, found, told)
                .anySatisfy(step -> {
                    Ownership then = step.state().get(found.grain());
                    assertThat(then).isNotNull();
                    assertThat(found.owner()).isEqualTo(then.owner());
                    assertThat(found.epoch()).isEqualTo(then.epoch());
                });
    }

    private static Answer read(GrainWorld world, GrainId grain, long index) {
        Ownership ownership = world.at(index).get(grain);
        assertThat(ownership).isNotNull();
        return new Answer(grain, index, ownership);
    }

    private static GrainId any(Random random) {
        return GrainWorld.GRAINS.get(random.nextInt(GrainWorld.GRAINS.size()));
    }

    private static long recent(GrainWorld world, Random random) {
        return Math.max(0, world.index() - random.nextInt(4));
    }
}
