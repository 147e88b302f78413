package io.staddle.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.Revision;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The checkers find what they are there for, and nothing else.
final class LinearizabilityTest {
    private final long seed = Long.getLong("staddle.checker.seed", new Random().nextLong());

    @Test
    void aReadDuringAWriteMayShowEither() {
        List<Operation> history =
                List.of(
                        op("1", new Call.Acquire("a"), granted("a", 1), 0, 10, 1),
                        op("2", new Call.Lookup(), seen(Register.NEW), 5, 6, 0),
                        op("3", new Call.Lookup(), seen(Register.owned("a", 1)), 7, 8, 1));
        assertThat(Linearizability.check(history)).isEmpty();
    }

    @Test
    void aStaleReadIsFound() {
        List<Operation> history =
                List.of(
                        op("1", new Call.Acquire("a"), granted("a", 1), 0, 1, 1),
                        op("2", new Call.Lookup(), seen(Register.NEW), 2, 3, 0));
        assertThat(Linearizability.check(history)).hasSize(1);
        assertThat(Witness.check(history, List.of(change("1", 1, Register.owned("a", 1)))))
                .hasSize(1);
    }

    @Test
    void aFenceCheckThatPassesAfterTheGrainWasTakenIsFound() {
        Register old = Register.owned("a", 1);
        List<Operation> history =
                List.of(
                        op("1", new Call.Acquire("a"), granted("a", 1), 0, 1, 1),
                        op("2", new Call.Reassign("b", 1), granted("b", 2), 2, 3, 2),
                        op(
                                "3",
                                new Call.CheckFence("a", 1),
                                new Answer.Checked(true, old),
                                4,
                                5,
                                1));
        assertThat(Linearizability.check(history)).hasSize(1);
        assertThat(
                        Witness.check(
                                history,
                                List.of(
                                        change("1", 1, old),
                                        change("2", 2, Register.owned("b", 2)))))
                .hasSize(1);
    }

    @Test
    void twoWinnersOfOneEpochAreFound() {
        List<Operation> history =
                List.of(
                        op("1", new Call.Acquire("a"), granted("a", 1), 0, 9, 1),
                        op("2", new Call.Acquire("b"), granted("b", 1), 0, 9, 2));
        assertThat(Linearizability.check(history)).hasSize(1);
        assertThat(
                        Witness.check(
                                history,
                                List.of(
                                        change("1", 1, Register.owned("a", 1)),
                                        change("2", 2, Register.owned("b", 1)))))
                .isNotEmpty();
    }

    @Test
    void aWriteOfUnknownOutcomeMayTakeEffectLateOrNever() {
        Operation unknown =
                op("1", new Call.Acquire("a"), new Answer.Unknown(), 0, Operation.NEVER, 0);
        Operation before = op("2", new Call.Lookup(), seen(Register.NEW), 1, 2, 0);
        Operation after = op("3", new Call.Lookup(), seen(Register.owned("a", 1)), 3, 4, 1);
        Operation back = op("4", new Call.Lookup(), seen(Register.NEW), 5, 6, 0);

        assertThat(Linearizability.check(List.of(unknown, before, after))).isEmpty();
        assertThat(Linearizability.check(List.of(unknown, before))).isEmpty();
        assertThat(Linearizability.check(List.of(unknown, before, after, back))).hasSize(1);
    }

    @Test
    void aRequestThatWasCarriedOutTwiceIsFound() {
        Operation once = op("1", new Call.Acquire("a"), granted("a", 1), 0, 1, 1);
        List<Change> twice =
                List.of(
                        change("1", 1, Register.owned("a", 1)),
                        change("1", 2, Register.owned("a", 2)));
        assertThat(Witness.check(List.of(once), twice)).isNotEmpty();
    }

    @Test
    void aLostWriteIsFound() {
        List<Operation> history = List.of(op("1", new Call.Acquire("a"), granted("a", 1), 0, 1, 1));
        assertThat(Witness.check(history, List.of())).hasSize(1);
    }

    @Test
    void historiesOfARealRegisterPassAndPlantedErrorsDoNot() {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            SimulatedRegister simulated = new SimulatedRegister(random);
            List<Operation> history = simulated.run(60);
            assertThat(Linearizability.check(history)).as("seed %d, %d", seed, i).isEmpty();
            assertThat(Witness.check(history, simulated.changes())).as("seed " + seed).isEmpty();
            List<Operation> wrong = withAReadOfWhatNeverWas(history);
            assertThat(Linearizability.check(wrong)).as("seed %d, %d", seed, i).hasSize(1);
            assertThat(Witness.check(wrong, simulated.changes())).isNotEmpty();
        }
    }

    @Test
    void searchAndBruteForceAgree() {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int linearizable = 0;
        for (int i = 0; i < 20_000; i++) {
            List<Operation> history = new SimulatedRegister(random).run(6);
            List<Operation> mutated = random.nextBoolean() ? mutate(history, random) : history;
            boolean expected = BruteForce.isLinearizable(mutated);
            linearizable += expected ? 1 : 0;
            assertThat(Linearizability.check(mutated).isEmpty())
                    .as("seed %d, %d: %s", seed, i, mutated)
                    .isEqualTo(expected);
        }
        assertThat(linearizable).isBetween(8_000, 19_000);
    }

    private static List<Operation> mutate(List<Operation> history, Random random) {
        List<Operation> changed = new ArrayList<>(history);
        int one = random.nextInt(changed.size());
        int other = random.nextInt(changed.size());
        Operation operation = changed.get(one);
        changed.set(
                one,
                new Operation(
                        operation.id(),
                        operation.grain(),
                        operation.call(),
                        changed.get(other).answer(),
                        operation.startNanos(),
                        changed.get(other).isUnknown() ? Operation.NEVER : operation.endNanos(),
                        operation.at(),
                        operation.server()));
        return changed;
    }

    /// At the end the register shows what it never was.
    private static List<Operation> withAReadOfWhatNeverWas(List<Operation> history) {
        List<Operation> wrong = new ArrayList<>(history);
        wrong.add(
                op(
                        "owned",
                        new Call.Lookup(),
                        seen(Register.owned("x", 1_000)),
                        Operation.NEVER - 4,
                        Operation.NEVER - 3,
                        1_000_000));
        return wrong;
    }

    private static Answer granted(String owner, long epoch) {
        return new Answer.Granted(Register.owned(owner, epoch));
    }

    private static Answer seen(Register register) {
        return new Answer.Seen(register);
    }

    private static Change change(String request, long index, Register now) {
        return new Change("g", new Revision(index, 0), request, now);
    }

    private static Operation op(
            String id, Call call, Answer answer, long start, long end, long index) {
        Revision at =
                call.isRead() ? new Revision(index, Integer.MAX_VALUE) : new Revision(index, 0);
        return new Operation(id, "g", call, answer, start, end, at, "s1");
    }
}
