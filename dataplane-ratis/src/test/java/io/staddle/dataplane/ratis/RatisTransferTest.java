package io.staddle.dataplane.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A transfer of leadership that failed, and that Ratis forgot to end.
final class RatisTransferTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void aLeaderThatWouldRefuseForEverStepsDown(@TempDir Path directory)
            throws IOException, ReflectiveOperationException {
        try (RatisNodes nodes = new RatisNodes(directory)) {
            RatisGroup group = new RatisGroup(nodes);
            GroupCalls calls = nodes.at(group.leader()).replicas().calls(group.group());
            leaveATransferPending(calls);

            await("a leader that takes something")
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() ->
                            calls.send(new GroupCommand.Adopt(Configuration.NONE))
                                    instanceof GroupAnswer.Taken);
        }
    }

    @Test
    void onlyWhoRefusesForLongerThanATransferMayTakeIsStuck() {
        AtomicLong nanos = new AtomicLong(-5);
        StuckTransfer transfer = new StuckTransfer(nanos::get);
        transfer.taken();
        assertThat(transfer.refused()).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(2_999));
        assertThat(transfer.refused()).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(transfer.refused()).isTrue();
        assertThat(transfer.refused()).as("once").isFalse();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(3));
        assertThat(transfer.refused()).as("and again if that did not help").isTrue();
        transfer.taken();
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(transfer.refused()).as("another one").isFalse();
    }

    /// What Ratis leaves behind if the call to the heir has failed by the time that it looks.
    private static void leaveATransferPending(GroupCalls calls)
            throws IOException, ReflectiveOperationException {
        RaftServer.Division leader = calls.division();
        Object transfers = field(leader, "transferLeadership");
        TransferLeadershipRequest request =
                new TransferLeadershipRequest(
                        calls.clientId(),
                        leader.getId(),
                        calls.raftGroup(),
                        calls.nextCall(),
                        leader.getId(),
                        1_000);
        Class<?> pending = Class.forName(transfers.getClass().getName() + "$PendingRequest");
        Constructor<?> made =
                pending.getDeclaredConstructor(
                        transfers.getClass(), TransferLeadershipRequest.class);
        made.setAccessible(true);
        @SuppressWarnings("unchecked")
        AtomicReference<Object> place = (AtomicReference<Object>) field(transfers, "pending");
        place.set(made.newInstance(transfers, request));
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
