package io.staddle.client.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Membership;
import io.staddle.api.model.Removal;
import io.staddle.client.migration.DataProgress;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.MigrationDataPlane;
import io.staddle.client.migration.Move;
import io.staddle.client.migration.Serving;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/// What a [MigrationDataPlane] has to do, as tests. Whoever has written one extends this class and
/// says how to set it up.
///
/// It calls the data planes of source and target in turn, as agents do, repeats whatever is
/// [Effect.Pending], and looks at members and writes from outside.
public abstract class MigrationDataPlaneConformance extends DataPlaneCalls {
    @Test
    void aTargetLearnsVotesAndServesAndNoWriteIsLost() {
        Move move = move(1, Membership.NONE);
        List<String> acknowledged = write(subject().source(), FIRST, 1, 20);
        done(move, MigrationDataPlane::addLearner);
        assertEquals(Set.of(subject().target()), subject().members().learners());
        assertEquals(before.voters(), subject().members().voters());
        acknowledged.addAll(write(subject().source(), FIRST, 21, 40));
        done(move, MigrationDataPlane::promote);
        assertEquals(withTarget(), subject().members());
        acknowledged.addAll(write(subject().source(), FIRST, 41, 60));
        done(move, MigrationDataPlane::pauseWrites);
        awaitComplete(move);
        done(move, (plane, each) -> plane.resumeWrites(each, move.moved()));
        done(move, MigrationDataPlane::fence);
        Epoch next = FIRST.next();
        assertFalse(
                subject().write(move.vShard(), new Serving(subject().source(), FIRST), "zombie"));
        assertFalse(subject().write(move.vShard(), new Serving(subject().source(), next), "thief"));
        assertFalse(
                subject().write(move.vShard(), new Serving(subject().target(), FIRST), "early"));
        acknowledged.addAll(write(subject().target(), next, 61, 80));

        awaitWritten(acknowledged);
        assertEquals(withTarget(), subject().members());
    }

    @Test
    void eachCallDoneTwiceIsDoneOnce() {
        Move move = move(1, Membership.NONE);
        twice(move, MigrationDataPlane::addLearner);
        twice(move, MigrationDataPlane::promote);
        twice(move, MigrationDataPlane::addLearner);
        assertEquals(withTarget(), subject().members(), "a voter is no learner again");
        twice(move, MigrationDataPlane::pauseWrites);
        twice(move, (plane, each) -> plane.resumeWrites(each, move.undone()));
        twice(move, MigrationDataPlane::fence);
        twice(move, MigrationDataPlane::removeMember);
        assertEquals(before, subject().members());
        assertEquals(1, write(subject().source(), FIRST, 1, 1).size());
    }

    @Test
    void bothNodesMayCallAtTheSameTime() {
        Move move = move(1, Membership.NONE);
        List<BiFunction<MigrationDataPlane, Move, Effect>> calls =
                List.of(
                        MigrationDataPlane::addLearner,
                        MigrationDataPlane::promote,
                        MigrationDataPlane::pauseWrites,
                        (plane, each) -> plane.resumeWrites(each, move.moved()),
                        MigrationDataPlane::fence);
        for (BiFunction<MigrationDataPlane, Move, Effect> call : calls) {
            CompletableFuture<Void> source =
                    CompletableFuture.runAsync(() -> done(subject().source(), move, call));
            CompletableFuture<Void> target =
                    CompletableFuture.runAsync(() -> done(subject().target(), move, call));
            source.join();
            target.join();
        }
        assertEquals(withTarget(), subject().members());
        assertEquals(1, write(subject().target(), FIRST.next(), 1, 1).size());
    }

    @Test
    void whileWritesArePausedNoneTakesEffectAndOtherVShardsGoOn() {
        Move move = move(1, Membership.VOTER);
        assertEquals(1, write(subject().source(), FIRST, 1, 1).size());
        done(move, MigrationDataPlane::pauseWrites);
        Serving source = new Serving(subject().source(), FIRST);
        assertFalse(subject().write(move.vShard(), source, "paused"));
        assertTrue(subject().write(subject().otherVShard(), source, "open"));
        done(move, (plane, each) -> plane.resumeWrites(each, move.undone()));

        assertTrue(subject().write(move.vShard(), source, "resumed"));
    }

    @Test
    void aPauseThatComesAfterTheResumeIsRefused() {
        Move move = move(1, Membership.VOTER);
        done(move, MigrationDataPlane::pauseWrites);
        done(move, (plane, each) -> plane.resumeWrites(each, move.undone()));
        fenced(move, MigrationDataPlane::pauseWrites);

        assertEquals(1, write(subject().source(), FIRST, 1, 1).size());
    }

    @Test
    void aResumeOfAnEarlierAttemptOpensNothing() {
        Move first = move(1, Membership.VOTER);
        done(first, MigrationDataPlane::pauseWrites);
        done(first, (plane, each) -> plane.resumeWrites(each, first.undone()));
        done(first, MigrationDataPlane::fence);
        Move second = move(2, Membership.VOTER);
        done(second, MigrationDataPlane::pauseWrites);
        fenced(first, (plane, each) -> plane.resumeWrites(each, first.undone()));

        assertFalse(
                subject()
                        .write(
                                second.vShard(),
                                new Serving(subject().source(), FIRST),
                                "still paused"));
    }

    @Test
    void theEpochOfAVShardNeverFalls() {
        Move move = move(1, Membership.VOTER);
        done(move, MigrationDataPlane::pauseWrites);
        done(move, (plane, each) -> plane.resumeWrites(each, move.moved()));
        call(subject().source(), move, (plane, each) -> plane.resumeWrites(each, move.undone()));

        assertFalse(subject().write(move.vShard(), move.undone(), "of the epoch before"));
        assertTrue(subject().write(move.vShard(), move.moved(), "of the epoch now"));
    }

    @Test
    void whatIsOverAddsPromotesPausesAndLeadsNoMoreWhoeverLeads() {
        Move old = move(1, Membership.NONE);
        Move move = move(2, Membership.NONE);
        done(move, MigrationDataPlane::fence);
        assertOver(old);
        assertOver(move);
        subject().changeLeader();
        assertOver(old);
        assertOver(move);
    }

    @Test
    void aLearnerThatComesLateIsNoGhost() {
        Move move = move(1, Membership.NONE);
        done(move, MigrationDataPlane::addLearner);
        undo(move);
        fenced(move, MigrationDataPlane::addLearner);
        subject().changeLeader();
        fenced(move, MigrationDataPlane::addLearner);

        assertEquals(before, subject().members());
    }

    @Test
    void undoingALearnerOrAVoterBringsBackWhatWasBefore() {
        Move learner = move(1, Membership.NONE);
        done(learner, MigrationDataPlane::addLearner);
        undo(learner);
        assertEquals(before, subject().members());
        Move voter = move(2, Membership.NONE);
        done(voter, MigrationDataPlane::addLearner);
        done(voter, MigrationDataPlane::promote);
        done(voter, MigrationDataPlane::pauseWrites);
        undo(voter);

        assertEquals(before, subject().members());
        assertEquals(1, write(subject().source(), FIRST, 1, 1).size());
    }

    @Test
    void undoingLeavesAVoterThatWasOneBefore() {
        Move move = move(1, subject().voter(), Membership.VOTER);
        done(move, MigrationDataPlane::addLearner);
        done(move, MigrationDataPlane::promote);
        done(move, MigrationDataPlane::pauseWrites);
        undo(move);

        assertEquals(before, subject().members());
    }

    @Test
    void undoingLeavesALearnerThatWasOneBefore() {
        done(move(1, Membership.NONE), MigrationDataPlane::addLearner);
        Move move = of(subject().otherVShard(), 1, subject().target(), Membership.LEARNER);
        done(move, MigrationDataPlane::addLearner);
        done(move, MigrationDataPlane::promote);
        undo(move);

        assertEquals(new Members(before.voters(), Set.of(subject().target())), subject().members());
    }

    @Test
    void removingForAnEarlierAttemptLeavesTheMemberOfALaterOne() {
        Move first = move(1, Membership.NONE);
        done(first, MigrationDataPlane::addLearner);
        undo(first);
        Move second = move(2, Membership.NONE);
        done(second, MigrationDataPlane::addLearner);
        fenced(first, MigrationDataPlane::removeMember);

        assertEquals(Set.of(subject().target()), subject().members().learners());
    }

    @Test
    void removingForOneVShardLeavesTheMemberOfAnother() {
        Move first = move(1, Membership.NONE);
        done(first, MigrationDataPlane::addLearner);
        done(first, MigrationDataPlane::fence);
        Move other = of(subject().otherVShard(), 1, subject().target(), Membership.NONE);
        done(other, MigrationDataPlane::addLearner);
        done(first, MigrationDataPlane::removeMember);

        assertEquals(Set.of(subject().target()), subject().members().learners());
    }

    @Test
    void whoLeavesVotesNoMoreThoughItLed() {
        Move move = move(1, subject().voter(), Membership.VOTER);
        done(move, MigrationDataPlane::transferLeadership);
        assertEquals(subject().voter(), subject().leader());
        done(move, MigrationDataPlane::fence);
        leave(subject().voter(), 5);
        leave(subject().voter(), 5);

        assertEquals(without(subject().voter()), subject().members());
        assertEquals(1, write(subject().source(), FIRST, 1, 1).size());
    }

    @Test
    void whoLeavesLearnsNoMore() {
        Move move = move(1, Membership.NONE);
        done(move, MigrationDataPlane::addLearner);
        done(move, MigrationDataPlane::fence);
        leave(subject().target(), 3);

        assertEquals(before, subject().members());
    }

    @Test
    void aRemovalThatComesLateTakesOutNobodyWhoIsAMemberAgain() {
        NodeId node = subject().voter();
        leave(node, 5);
        List<String> acknowledged = write(subject().source(), FIRST, 1, 5);
        Move back = move(1, node, Membership.NONE);
        done(back, MigrationDataPlane::addLearner);
        done(back, MigrationDataPlane::promote);
        subject().at(node).leave(subject().group(), new Removal(node, 5));
        subject().changeLeader();
        subject().at(subject().source()).leave(subject().group(), new Removal(node, 5));
        Effect late =
                subject().at(subject().source()).leave(subject().group(), new Removal(node, 4));

        assertInstanceOf(Effect.Fenced.class, late);
        assertEquals(before, subject().members());
        assertTrue(await(() -> subject().written(back.vShard(), node).equals(acknowledged)));
    }

    @Test
    void theOnlyOneThatVotesDoesNotLeave() {
        before.voters().stream()
                .filter(node -> !node.equals(subject().source()))
                .forEach(node -> leave(node, 7));
        Effect last =
                subject()
                        .at(subject().source())
                        .leave(subject().group(), new Removal(subject().source(), 9));

        assertInstanceOf(Effect.Pending.class, last);
        assertEquals(Set.of(subject().source()), subject().members().voters());
        assertEquals(1, write(subject().source(), FIRST, 1, 1).size());
    }

    @Test
    void aTargetThatIsToLeadLeads() {
        Move move = move(1, Membership.NONE);
        done(move, MigrationDataPlane::addLearner);
        done(move, MigrationDataPlane::promote);
        twice(move, MigrationDataPlane::transferLeadership);

        assertEquals(subject().target(), subject().leader());
        assertEquals(1, write(subject().source(), FIRST, 1, 1).size());
    }

    @Test
    void progressIsNeverMoreThanTheTargetHas() {
        Move move = move(1, Membership.NONE);
        assertFalse(progress(move).isComplete(), "complete before it is a member");
        done(move, MigrationDataPlane::addLearner);
        for (int round = 0; round < 5; round++) {
            Move each = move(round + 1, round == 0 ? Membership.NONE : Membership.LEARNER);
            List<String> acknowledged =
                    write(subject().source(), FIRST, round * 50, round * 50 + 49);
            assertEquals(50, acknowledged.size());
            done(each, MigrationDataPlane::pauseWrites);
            awaitComplete(each);
            DataProgress last = progress(each);
            done(each, (plane, it) -> plane.resumeWrites(it, each.undone()));
            assertTrue(last.targetIndex() >= last.sourceIndex());
            awaitAll(acknowledged);
        }
    }

    private void assertOver(Move move) {
        fenced(move, MigrationDataPlane::addLearner);
        fenced(move, MigrationDataPlane::promote);
        fenced(move, MigrationDataPlane::pauseWrites);
        fenced(move, MigrationDataPlane::transferLeadership);
        assertEquals(before, subject().members());
        assertTrue(subject().write(move.vShard(), move.undone(), "open at " + System.nanoTime()));
    }
}
