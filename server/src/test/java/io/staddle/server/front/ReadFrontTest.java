package io.staddle.server.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.query.AnswerHeader;
import io.staddle.api.query.Consistency;
import io.staddle.server.raft.QuorumUnavailableException;
import io.staddle.server.raft.Role;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

final class ReadFrontTest {
    @TempDir Path directory;
    private final FakeQuorum quorum = new FakeQuorum();
    private ReadFront front = new ReadFront(quorum, Configs.alone());

    @BeforeEach
    void start() {
        quorum.advanceTo(7);
        quorum.stands(FakeQuorum.leader(7, 7));
    }

    @Test
    void aLinearizableReadWaitsForItsRound() {
        Call call = submit(Consistency.LINEARIZABLE);

        assertThat(call.answered).isEmpty();
        quorum.rounds.getFirst().complete(null);
        assertThat(call.header()).isEqualTo(new AnswerHeader(7, "s1", 0));
    }

    @Test
    void oneRoundAndOneViewServeAllReadsThatWaitedWhenItWasSent() {
        submit(Consistency.LINEARIZABLE);
        submit(Consistency.LINEARIZABLE);
        Call third = submit(Consistency.LINEARIZABLE);
        Call fourth = submit(Consistency.LINEARIZABLE);

        assertThat(quorum.rounds).hasSize(2);
        quorum.rounds.get(0).complete(null);
        assertThat(quorum.rounds).hasSize(3);
        assertThat(third.answered).isEmpty();
        int before = quorum.viewsOpened();
        quorum.rounds.get(2).complete(null);
        assertThat(third.answered).hasSize(1);
        assertThat(fourth.answered).hasSize(1);
        assertThat(quorum.viewsOpened()).isEqualTo(before + 1);
    }

    @Test
    void theViewIsClosedWhenTheLastOfItsReadsIsDone() {
        Call call = submit(Consistency.LINEARIZABLE);
        quorum.rounds.getFirst().complete(null);

        assertThat(call.view().applied().index()).isEqualTo(7);
        assertThatThrownBy(() -> new Queries(call.view()).config())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStaleReadNeedsNoRoundAndSaysItsAge() {
        quorum.stands(FakeQuorum.follower(7, 7, 40));

        assertThat(submit(Consistency.STALE).header().ageMillis()).isEqualTo(40);
        assertThat(quorum.rounds).isEmpty();
    }

    @Test
    void aStaleReadOfAServerThatLagsDoesNotKnowItsAge() {
        quorum.stands(FakeQuorum.follower(9, 7, 40));

        assertThat(submit(Consistency.STALE).header().ageMillis()).isEqualTo(-1);
    }

    @Test
    void aBoundedReadIsServedUpToTheBoundAndRefusedBeyond() {
        quorum.stands(FakeQuorum.follower(7, 7, 40));

        assertThat(submit(new Consistency.Bounded(40)).header().ageMillis()).isEqualTo(40);
        assertThat(submit(new Consistency.Bounded(39)).reason()).isEqualTo(Reason.TOO_STALE);
        quorum.stands(FakeQuorum.standing(Role.CANDIDATE, 7, 7, -1));
        assertThat(submit(new Consistency.Bounded(40)).reason()).isEqualTo(Reason.TOO_STALE);
    }

    @Test
    void aBoundedReadOfAServerThatLagsTakesARound() {
        quorum.stands(FakeQuorum.follower(9, 7, 40));
        Call call = submit(new Consistency.Bounded(50));

        assertThat(call.answered).isEmpty();
        quorum.rounds.getFirst().complete(null);
        assertThat(call.header().ageMillis()).isZero();
    }

    @Test
    void aReadOfAnIndexThatIsAppliedNeedsNoRound() {
        assertThat(submit(new Consistency.AtLeast(7)).header().index()).isEqualTo(7);
        assertThat(quorum.rounds).isEmpty();
    }

    @Test
    void aReadOfAnIndexAheadWaitsUntilItIsThere() {
        Call call = submit(new Consistency.AtLeast(8));
        quorum.rounds.getFirst().complete(null);
        assertThat(call.answered).isEmpty();

        quorum.advanceTo(8);
        front.sweep(System.nanoTime());
        quorum.rounds.get(1).complete(null);
        assertThat(call.header().index()).isEqualTo(8);
    }

    @Test
    void aReadOfAnIndexThatNeverComesEndsWithItsDeadline() {
        Call call = submit(new Consistency.AtLeast(8));
        quorum.rounds.getFirst().complete(null);
        front.sweep(call.deadlineNanos());

        assertThat(call.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(front.queriesHeld()).isZero();
    }

    @Test
    void aReadInARoundThatNeverEndsEndsWithItsDeadline() {
        Call call = submit(Consistency.LINEARIZABLE);
        front.sweep(call.deadlineNanos());
        assertThat(call.reason()).isEqualTo(Reason.DEADLINE);

        quorum.rounds.getFirst().complete(null);
        assertThat(call.answered).isEmpty();
    }

    @Test
    void aFailedRoundFailsItsReadsOnly() {
        Call first = submit(Consistency.LINEARIZABLE);
        Call second = submit(Consistency.LINEARIZABLE);
        quorum.rounds.get(0).completeExceptionally(new QuorumUnavailableException("no majority"));
        quorum.rounds.get(1).complete(null);

        assertThat(first.reason()).isEqualTo(Reason.NO_QUORUM);
        assertThat(second.answered).hasSize(1);
    }

    @Test
    void tenQueriesAreHeldAndTheEleventhIsToldThatTheServerIsFull() {
        String limits = "limits: {queries-in-flight: 10, batch-commands: 10}\n";
        front = new ReadFront(quorum, Configs.read(directory, Configs.yaml(directory) + limits));
        for (int i = 0; i < 10; i++) {
            assertThat(submit(Consistency.LINEARIZABLE).failed).isEmpty();
        }

        assertThat(submit(Consistency.LINEARIZABLE).reason()).isEqualTo(Reason.OVERLOADED);
        quorum.rounds.getFirst().complete(null);
        assertThat(submit(Consistency.LINEARIZABLE).failed).isEmpty();
    }

    @Test
    void afterStopReadsAreTurnedAway() {
        submit(Consistency.LINEARIZABLE);
        submit(Consistency.LINEARIZABLE);
        Call waiting = submit(Consistency.LINEARIZABLE);
        front.stop();

        assertThat(waiting.reason()).isEqualTo(Reason.STOPPING);
        assertThat(submit(Consistency.STALE).reason()).isEqualTo(Reason.STOPPING);
    }

    private Call submit(Consistency consistency) {
        Call call = new Call(consistency, System.nanoTime() + TimeUnit.HOURS.toNanos(1));
        front.submit(call);
        return call;
    }

    @Test
    void aReadThatMeetsDamagedDataIsTurnedAwayAndToldToTheQuorum() {
        CorruptDataException damage = new CorruptDataException("table grains");
        Call call =
                new Call(Consistency.STALE, Long.MAX_VALUE) {
                    @Override
                    public void answer(View view, AnswerHeader header) {
                        throw damage;
                    }
                };
        front.submit(call);
        assertThat(call.reason()).isEqualTo(Reason.STOPPING);
        assertThat(quorum.readFailures).containsExactly(damage);
    }

    @Test
    void aReadThatFindsTheStoreClosedIsTurnedAwayAndNotLeftWaiting() {
        Call waiting = submit(Consistency.LINEARIZABLE);
        quorum.close();
        quorum.rounds.getFirst().complete(null);
        assertThat(waiting.reason()).isEqualTo(Reason.STOPPING);
        assertThat(submit(Consistency.STALE).reason()).isEqualTo(Reason.STOPPING);
    }

    private static class Call implements ReadCall {
        private final Consistency consistency;
        private final long deadline;
        private final List<AnswerHeader> answered = new ArrayList<>();
        private final List<View> views = new ArrayList<>();
        private final List<UnansweredException> failed = new ArrayList<>();

        Call(Consistency consistency, long deadline) {
            this.consistency = consistency;
            this.deadline = deadline;
        }

        AnswerHeader header() {
            assertThat(failed).isEmpty();
            assertThat(answered).hasSize(1);
            return answered.getFirst();
        }

        View view() {
            return views.getFirst();
        }

        Reason reason() {
            assertThat(answered).isEmpty();
            assertThat(failed).hasSize(1);
            return failed.getFirst().reason();
        }

        @Override
        public int queries() {
            return 1;
        }

        @Override
        public Consistency consistency() {
            return consistency;
        }

        @Override
        public long deadlineNanos() {
            return deadline;
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }

        @Override
        public void answer(View view, AnswerHeader header) {
            views.add(view);
            answered.add(header);
        }

        @Override
        public void fail(UnansweredException why) {
            failed.add(why);
        }
    }
}
