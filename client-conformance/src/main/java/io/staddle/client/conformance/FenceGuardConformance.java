package io.staddle.client.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.client.GrainToken;
import io.staddle.client.fence.FenceGuard;
import io.staddle.client.fence.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// What a [FenceGuard] has to do, as tests. Whoever has written one extends this class and says how
/// to set it up: an accepted write always carries the highest epoch that the store has seen of the
/// grain.
public abstract class FenceGuardConformance {
    static final GrainId CART = GrainId.of("cart", "eu-1");
    static final ClusterId EU = new ClusterId("eu");
    static final ClusterId US = new ClusterId("us");

    private Optional<GuardedStore> store = Optional.empty();

    /// Returns an empty store behind the guard.
    protected abstract GuardedStore setUp() throws Exception;

    /// How many rounds the test with many threads has. It takes longer with a slower store.
    protected int rounds() {
        return 200;
    }

    @BeforeEach
    final void setUpStore() throws Exception {
        store = Optional.of(setUp());
    }

    @AfterEach
    final void closeStore() {
        store.ifPresent(GuardedStore::close);
    }

    @Test
    void theFirstTokenMayWriteAndGoOnWriting() throws Exception {
        accepted(token(EU, 1), "a");
        accepted(token(EU, 1), "b");
        assertEquals(Optional.of("b"), subject().read(CART));
    }

    @Test
    void aHigherTokenTakesOverAndTheOneBeforeIsRefused() throws Exception {
        accepted(token(EU, 1), "old");
        accepted(token(US, 2), "new");
        assertEquals(stale(2, US), subject().write(token(EU, 1), "zombie"));
        assertEquals(Optional.of("new"), subject().read(CART));
        accepted(token(US, 2), "newer");
    }

    @Test
    void whoOpensShutsTheOwnerBeforeOutThoughNothingIsWritten() throws Exception {
        accepted(token(EU, 1), "old");
        assertTrue(subject().open(token(US, 2)).isAccepted());
        assertEquals(stale(2, US), subject().write(token(EU, 1), "zombie"));
        assertEquals(Optional.of("old"), subject().read(CART));
    }

    @Test
    void anOlderTokenCanNotOpenAndChangesNothing() throws Exception {
        assertTrue(subject().open(token(US, 7)).isAccepted());
        assertEquals(stale(7, US), subject().open(token(EU, 6)));
        assertEquals(stale(7, US), subject().write(token(EU, 6), "zombie"));
        assertEquals(Optional.empty(), subject().read(CART));
        accepted(token(US, 7), "new");
    }

    @Test
    void theSameOwnerInALaterEpochIsALaterOwner() throws Exception {
        accepted(token(EU, 1), "first");
        accepted(token(EU, 3), "again");
        assertEquals(stale(3, EU), subject().write(token(EU, 1), "zombie"));
    }

    @Test
    void anotherOwnerInTheSameEpochIsRefused() throws Exception {
        accepted(token(EU, 5), "first");
        Verdict.Contested contested =
                assertInstanceOf(
                        Verdict.Contested.class, subject().write(token(US, 5), "impostor"));
        assertEquals(new Verdict.Seen(new Epoch(5), EU), contested.seen());
        assertInstanceOf(Verdict.Contested.class, subject().open(token(US, 5)));
        assertEquals(Optional.of("first"), subject().read(CART));
        accepted(token(EU, 5), "second");
    }

    @Test
    void whatWasSeenOutlivesARestart() throws Exception {
        accepted(token(EU, 1), "old");
        assertTrue(subject().open(token(US, 2)).isAccepted());
        subject().restart();
        assertEquals(stale(2, US), subject().write(token(EU, 1), "zombie"));
        assertEquals(Optional.of("old"), subject().read(CART));
        accepted(token(US, 2), "new");
        subject().restart();
        assertEquals(Optional.of("new"), subject().read(CART));
        assertEquals(stale(2, US), subject().open(token(EU, 1)));
    }

    @Test
    void grainsAreToldApartWhateverTheirNamesHaveInCommon() throws Exception {
        String longest = "k".repeat(GrainId.KEY_MAX_BYTES - 1);
        List<GrainId> alike =
                List.of(
                        GrainId.of("a", "b/c"),
                        GrainId.of("a", "b/C"),
                        GrainId.of("A", "b/c"),
                        GrainId.of("a", "b/c "),
                        GrainId.of("a", " b/c"),
                        GrainId.of("a", "b/"),
                        GrainId.of("a", "b"),
                        GrainId.of("a", "B"),
                        GrainId.of("ab", "c"),
                        GrainId.of("a", "bc"),
                        GrainId.of("a", "'b';--"),
                        GrainId.of("a", "b%"),
                        GrainId.of("a", "b_"),
                        GrainId.of("a", "\u00e9"),
                        GrainId.of("a", "e\u0301"),
                        GrainId.of("a", "e"),
                        GrainId.of("a", "\ud83d\ude00"),
                        GrainId.of("a", longest + "1"),
                        GrainId.of("a", longest + "2"));
        for (int i = 0; i < alike.size(); i++) {
            accepted(token(alike.get(i), EU, alike.size() - i), "text " + i);
        }
        for (int i = 0; i < alike.size(); i++) {
            assertEquals(Optional.of("text " + i), subject().read(alike.get(i)));
            accepted(token(alike.get(i), EU, alike.size() - i), "again " + i);
        }
    }

    @Test
    void epochsAreComparedAsNumbersUpToTheGreatest() throws Exception {
        accepted(token(EU, 9), "9");
        accepted(token(US, 10), "10");
        accepted(token(EU, 1L << 33), "above 32 bits");
        assertEquals(stale(1L << 33, EU), subject().write(token(US, (1L << 33) - 1), "less"));
        accepted(token(US, Epoch.MAX.value()), "the last that a command gives");
        accepted(token(EU, Long.MAX_VALUE), "after moves of whole holdings");
        assertEquals(
                stale(Long.MAX_VALUE, EU), subject().write(token(US, Epoch.MAX.value()), "less"));
    }

    @Test
    void aWriteThatFailsLeavesNothing() throws Exception {
        accepted(token(EU, 1), "kept");
        assertThrows(Exception.class, () -> subject().writeAndFail(token(EU, 1), "lost"));
        assertEquals(Optional.of("kept"), subject().read(CART));
        assertThrows(Exception.class, () -> subject().writeAndFail(token(US, 2), "lost"));
        assertEquals(Optional.of("kept"), subject().read(CART));
        accepted(token(US, 2), "new");
    }

    /// Owners take a grain from each other, and those before them do not stop writing.
    @Test
    void noAcceptedWriteIsOlderThanOneThatWasAcceptedBefore() throws Exception {
        GuardRace race = new GuardRace(subject(), CART);
        race.run(rounds());
        race.check();
    }

    /// Nobody has written to a grain yet, and several begin to at once.
    @Test
    void theHighestOfThoseWhoWriteFirstIsWritten() throws Exception {
        for (int i = 0; i < rounds(); i++) {
            GrainId grain = GrainId.of("first", Integer.toString(i));
            assertEquals(Optional.of("4"), GuardRace.ofFirstWrites(subject(), grain, 4));
        }
    }

    static GrainToken token(ClusterId owner, long epoch) {
        return token(CART, owner, epoch);
    }

    static GrainToken token(GrainId grain, ClusterId owner, long epoch) {
        return new GrainToken(grain, owner, new Epoch(epoch), new Fence(1), new Revision(1, 0));
    }

    private static Verdict stale(long epoch, ClusterId owner) {
        return new Verdict.Stale(new Verdict.Seen(new Epoch(epoch), owner));
    }

    private void accepted(GrainToken token, String text) throws Exception {
        assertEquals(new Verdict.Accepted(), subject().write(token, text));
    }

    private GuardedStore subject() {
        return store.orElseThrow();
    }
}
