package io.staddle.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Reach;
import io.staddle.server.config.Limits;
import io.staddle.server.raft.NotLeaderException;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.raft.QuorumUnavailableException;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

final class CommandFrontTest {
    private final FakeQuorum quorum = new FakeQuorum();
    private final CommandFront front =
            new CommandFront(quorum, Configs.smallLimits(), DiskReserve.none(), Runnable::run);

    @Test
    void aLoneCallGoesToTheLogAtOnce() {
        Call call = submit(1);

        assertThat(sizes()).containsExactly(1);
        quorum.entries.getFirst().commit(5);
        assertThat(call.revisions()).containsExactly(new Revision(5, 0));
        assertThat(front.isIdle()).isTrue();
    }

    @Test
    void callsThatWaitShareAnEntryAndEachGetsItsOwnOutcomes() {
        submit(1);
        submit(1);
        Call third = submit(1);
        Call fourth = submit(2);

        assertThat(sizes()).containsExactly(1, 1);
        quorum.entries.getFirst().commit(5);
        assertThat(sizes()).containsExactly(1, 1, 3);
        quorum.entries.get(2).commit(7);
        assertThat(third.revisions()).containsExactly(new Revision(7, 0));
        assertThat(fourth.revisions()).containsExactly(new Revision(7, 1), new Revision(7, 2));
    }

    @Test
    void aCallLargerThanAnEntryIsSplitAndAnsweredOnceInOrder() {
        Call call = submit(9);

        assertThat(sizes()).containsExactly(4, 4);
        quorum.entries.get(1).commit(6);
        quorum.entries.get(0).commit(5);
        assertThat(call.answered).isEmpty();
        assertThat(sizes()).containsExactly(4, 4, 1);
        quorum.entries.get(2).commit(7);
        assertThat(call.revisions())
                .containsExactly(
                        new Revision(5, 0),
                        new Revision(5, 1),
                        new Revision(5, 2),
                        new Revision(5, 3),
                        new Revision(6, 0),
                        new Revision(6, 1),
                        new Revision(6, 2),
                        new Revision(6, 3),
                        new Revision(7, 0));
    }

    @Test
    void anEntryIsBoundedInBytesButALargeCommandGoesAlone() {
        int large = 1_200;
        Call call =
                submit(new Call(List.of(command(large), command(400), command(400), command(400))));

        assertThat(sizes()).containsExactly(1, 2);
        quorum.entries.get(0).commit(5);
        quorum.entries.get(1).commit(6);
        assertThat(sizes()).containsExactly(1, 2, 1);
        quorum.entries.get(2).commit(7);
        assertThat(call.revisions()).hasSize(4);
    }

    @Test
    void tenCommandsAreHeldAndTheEleventhIsToldThatTheServerIsFull() {
        submit(4);
        submit(6);
        Call eleventh = submit(1);

        assertThat(eleventh.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(eleventh.fate()).isEqualTo(Fate.NONE);
        assertThat(eleventh.failure()).hasMessageContaining("limits.commands-in-flight is 10");
        quorum.entries.getFirst().commit(5);
        assertThat(submit(4).failed).isEmpty();
        assertThat(submit(1).reason()).isEqualTo(Reason.OVERLOADED);
    }

    @Test
    void bytesAreBoundedLikewise() {
        int half = 5_000 - overhead(5_000);
        submit(new Call(List.of(command(half))));
        submit(new Call(List.of(command(half))));

        assertThat(submit(1).failure()).hasMessageContaining("limits.bytes-in-flight is 10000");
    }

    @Test
    void aCallWhoseDeadlinePassesWhileItWaitsIsNeverProposed() {
        submit(1);
        submit(1);
        Call late = new Call(List.of(command(10)));
        late.deadline = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
        front.submit(late);

        front.sweep(late.deadline - 1);
        assertThat(late.failed).isEmpty();
        front.sweep(late.deadline);
        assertThat(late.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(late.fate()).isEqualTo(Fate.NONE);
        quorum.entries.getFirst().commit(5);
        assertThat(sizes()).containsExactly(1, 1);
    }

    @Test
    void aCallThatComesTooLateIsNotProposedAndHoldsNothing() {
        Call late = new Call(List.of(command(10)));
        late.deadline = System.nanoTime() - 1;
        front.submit(late);

        assertThat(late.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(quorum.entries).isEmpty();
        assertThat(front.isIdle()).isTrue();
    }

    @Test
    void aCallWhoseDeadlinePassesInFlightIsUnknownAndIsAnsweredOnce() {
        Call call = submit(1);

        front.sweep(call.deadline);
        assertThat(call.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(call.fate()).isEqualTo(Fate.UNKNOWN);
        quorum.entries.getFirst().commit(5);
        assertThat(call.answered).isEmpty();
        assertThat(front.isIdle()).isTrue();
    }

    @Test
    void notLeaderMeansThatNothingWasDone() {
        Call call = submit(2);
        fail(0, new NotLeaderException(Optional.empty()));

        assertThat(call.reason()).isEqualTo(Reason.NOT_LEADER);
        assertThat(call.fate()).isEqualTo(Fate.NONE);
        assertThat(front.isIdle()).isTrue();
    }

    @Test
    void leadershipLostInFlightMeansUnknownAndTheRestOfTheCallIsDropped() {
        Call call = submit(10);
        fail(0, new QuorumUnavailableException("lost"));

        assertThat(call.reason()).isEqualTo(Reason.NO_QUORUM);
        assertThat(call.fate()).isEqualTo(Fate.UNKNOWN);
        fail(1, new NotLeaderException(Optional.empty()));
        assertThat(call.failed).hasSize(1);
        assertThat(sizes()).containsExactly(4, 4);
        assertThat(front.isIdle()).isTrue();
    }

    @Test
    void aCallOfWhichOnlyAPartWasSurelyNotDoneIsUnknown() {
        Call call = submit(5);
        quorum.entries.get(0).commit(5);
        fail(1, new NotLeaderException(Optional.empty()));

        assertThat(call.reason()).isEqualTo(Reason.NOT_LEADER);
        assertThat(call.fate()).isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void afterStopCallsAreTurnedAwayAndThoseInFlightFinish() {
        Call first = submit(4);
        submit(4);
        Call waiting = submit(1);

        front.stop();
        assertThat(waiting.reason()).isEqualTo(Reason.STOPPING);
        assertThat(waiting.fate()).isEqualTo(Fate.NONE);
        assertThat(submit(1).reason()).isEqualTo(Reason.STOPPING);
        quorum.entries.get(0).commit(5);
        quorum.entries.get(1).commit(6);
        assertThat(first.revisions()).hasSize(4);
        assertThat(front.isIdle()).isTrue();
    }

    private void fail(int entry, RuntimeException why) {
        quorum.entries.get(entry).outcome().completeExceptionally(why);
    }

    private List<Integer> sizes() {
        return quorum.entries.stream().map(entry -> entry.commands().size()).toList();
    }

    @Test
    void onADiskThatIsNearlyFullOnlyWhatHasToGoOnIsTakenIn() {
        AtomicLong free = new AtomicLong(99);
        DiskReserve reserve = new DiskReserve(100, free::get);
        CommandFront front =
                new CommandFront(quorum, Configs.smallLimits(), reserve, Runnable::run);
        Call before = new Call(List.of(acquire()));
        front.submit(before);
        quorum.entries.getFirst().commit(5);
        assertThat(before.revisions()).as("it was not looked at").hasSize(1);

        reserve.look();
        Call both = new Call(List.of(command(10), acquire()));
        front.submit(both);
        assertThat(both.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(both.fate()).isEqualTo(Fate.NONE);
        assertThat(both.failure()).hasMessageContaining("limits.disk-reserve-bytes, 100");
        assertThat(front.counters().keptOut().sum()).isEqualTo(1);
        Call vital = new Call(List.of(command(10)));
        front.submit(vital);
        quorum.entries.get(1).commit(6);
        assertThat(vital.revisions()).containsExactly(new Revision(6, 0));

        free.set(124);
        reserve.look();
        assertThat(reserve.isLow()).as("hardly more").isTrue();
        free.set(125);
        reserve.look();
        Call after = new Call(List.of(acquire()));
        front.submit(after);
        quorum.entries.get(2).commit(7);
        assertThat(after.revisions()).containsExactly(new Revision(7, 0));
    }

    @Test
    void whatMovesAFailedClusterOrFreesSpaceIsVitalAndWhatBringsSomethingNewIsNot() {
        ClusterId eu = new ClusterId("eu");
        assertThat(Lane.of(failover().proposal().command())).isEqualTo(Lane.URGENT);
        assertThat(Lane.of(new AutomationCommand.Resume(Reach.ALL))).isEqualTo(Lane.URGENT);
        assertThat(Lane.of(new DirectoryCommand.PurgeTombstones(10))).isEqualTo(Lane.VITAL);
        assertThat(Lane.of(acquire().proposal().command())).isEqualTo(Lane.ORDINARY);
        assertThat(
                        Lane.of(
                                new ClusterCommand.Register(
                                        eu,
                                        new ClusterProfile("", "", 0, true),
                                        ClusterState.HEALTHY)))
                .isEqualTo(Lane.ORDINARY);
        assertThat(Lane.of(List.of(failover(), command(1)))).isEqualTo(Lane.VITAL);
        assertThat(Lane.of(List.of(failover(), acquire(), failover()))).isEqualTo(Lane.ORDINARY);
    }

    @Test
    void whatHasToGoOnFindsRoomWhereOrdinaryCommandsFindNone() {
        CommandFront front = front(Configs.limits(20, 40));
        assertThat(submitTo(front, 10, acquire()).failed).isEmpty();
        assertThat(submitTo(front, 2, acquire()).failed).isEmpty();
        assertThat(submitTo(front, 1, acquire()).failure())
                .hasMessageContaining("limits.commands-in-flight is 20")
                .hasMessageContaining("40 % of that is kept for what has to go on")
                .hasMessageContaining("limits.vital-percent");

        assertThat(submitTo(front, 4, command(1)).failed).isEmpty();
        assertThat(submitTo(front, 1, command(1)).failure())
                .hasMessageContaining("20 % of that is kept");
        assertThat(front.counters().vitalOverloaded().sum()).isEqualTo(1);

        assertThat(submitTo(front, 4, failover()).failed).isEmpty();
        assertThat(submitTo(front, 1, failover()).failure())
                .hasMessageContaining("limits.commands-in-flight is 20; try again");
        assertThat(front.counters().vitalOverloaded().sum()).isEqualTo(2);
        assertThat(front.counters().overloaded().sum()).isEqualTo(3);
    }

    @Test
    void aFullBatchAndTheLargestRequestFindRoomHoweverMuchIsKept() {
        Room room = Room.of(Lane.ORDINARY, Configs.limits(11, 50));
        assertThat(room.commands()).isEqualTo(10);
        assertThat(room.bytes()).isEqualTo(5_500);
        assertThat(Room.of(Lane.ORDINARY, Configs.limits(1, 50)).bytes()).isEqualTo(1_000);
    }

    @Test
    void whatIsMoreUrgentIsFirstInTheNextEntryAndOvertakesNoneOfItsKind() {
        CommandFront front = front(Configs.limits(30, 40));
        submitTo(front, 1, acquire());
        submitTo(front, 1, acquire());
        Call batch = submitTo(front, 3, acquire());
        Call release = submitTo(front, 1, command(1));
        Call failover = submitTo(front, 1, failover());
        Call second = submitTo(front, 1, failover());

        quorum.entries.getFirst().commit(5);
        assertThat(sizes()).containsExactly(1, 1, 4);
        quorum.entries.get(1).commit(6);
        assertThat(sizes()).containsExactly(1, 1, 4, 2);
        quorum.entries.get(2).commit(7);
        quorum.entries.get(3).commit(8);
        assertThat(failover.revisions()).containsExactly(new Revision(7, 0));
        assertThat(second.revisions()).containsExactly(new Revision(7, 1));
        assertThat(release.revisions()).containsExactly(new Revision(7, 2));
        assertThat(batch.revisions())
                .containsExactly(new Revision(7, 3), new Revision(8, 0), new Revision(8, 1));
        assertThat(front.isIdle()).isTrue();
    }

    private CommandFront front(Limits limits) {
        return new CommandFront(quorum, limits, DiskReserve.none(), Runnable::run);
    }

    private static Call submitTo(CommandFront front, int times, PreparedCommand command) {
        Call call = new Call(Collections.nCopies(times, command));
        front.submit(call);
        return call;
    }

    private static PreparedCommand failover() {
        Proposal proposal =
                Proposal.of(
                        new ClusterCommand.FailOver(
                                new MoveId("m"),
                                new ClusterId("eu"),
                                new Fence(1),
                                FailoverCause.OPERATOR,
                                true,
                                new Successor.ByPlacement(),
                                PlanId.NONE));
        return new PreparedCommand(CommandCodec.encode(proposal), proposal);
    }

    private static PreparedCommand acquire() {
        Proposal proposal =
                Proposal.of(
                        new DirectoryCommand.Acquire(
                                GrainId.of("cart", "1"), new ClusterId("eu"), 0));
        return new PreparedCommand(CommandCodec.encode(proposal), proposal);
    }

    private Call submit(int commands) {
        return submit(new Call(Collections.nCopies(commands, command(10))));
    }

    private Call submit(Call call) {
        front.submit(call);
        return call;
    }

    /// A command of about so many bytes.
    private static PreparedCommand command(int bytes) {
        Proposal proposal = Proposal.of(new DirectoryCommand.ExpireLeases(1));
        io.staddle.api.v1.Command encoded =
                CommandCodec.encode(proposal).toBuilder()
                        .setExpireLeases(
                                io.staddle.api.v1.ExpireLeases.newBuilder()
                                        .setOrigin(
                                                io.staddle.api.v1.Origin.newBuilder()
                                                        .setReason("x".repeat(bytes))))
                        .build();
        return new PreparedCommand(encoded, proposal);
    }

    private static int overhead(int bytes) {
        return command(bytes).encoded().getSerializedSize() - bytes;
    }

    private static final class Call implements CommandCall {
        private final List<PreparedCommand> commands;
        private final List<List<Outcome>> answered = new ArrayList<>();
        private final List<UnansweredException> failed = new ArrayList<>();
        private long deadline = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

        Call(List<PreparedCommand> commands) {
            this.commands = commands;
        }

        UnansweredException failure() {
            assertThat(answered).isEmpty();
            assertThat(failed).hasSize(1);
            return failed.getFirst();
        }

        Reason reason() {
            return failure().reason();
        }

        Fate fate() {
            return failure().fate();
        }

        List<Revision> revisions() {
            assertThat(failed).isEmpty();
            assertThat(answered).hasSize(1);
            return answered.getFirst().stream().map(Outcome::revision).toList();
        }

        @Override
        public List<PreparedCommand> commands() {
            return commands;
        }

        @Override
        public long deadlineNanos() {
            return deadline;
        }

        @Override
        public void answer(List<Outcome> outcomes) {
            answered.add(outcomes);
        }

        @Override
        public void fail(UnansweredException why) {
            failed.add(why);
        }
    }
}
