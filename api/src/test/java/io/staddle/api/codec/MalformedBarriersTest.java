package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.staddle.api.command.BarrierCommand.AbortBarrier;
import io.staddle.api.command.BarrierCommand.AckBarrier;
import io.staddle.api.command.BarrierCommand.AcquireCoordinator;
import io.staddle.api.command.BarrierCommand.BeginBarrier;
import io.staddle.api.command.BarrierCommand.ConfigureScope;
import io.staddle.api.command.BarrierCommand.ExpireBarriers;
import io.staddle.api.command.BarrierCommand.PruneBarriers;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What can never be right about barriers, in rows: it never reaches the log.
final class MalformedBarriersTest {
    private static final ScopeId S = new ScopeId("s");
    private static final NodeId N = new NodeId("n");
    private static final BarrierId ID = new BarrierId(S, 1);
    private static final Vote PREPARED = new Vote.Prepared(OptionalLong.empty());
    private static final Participation FRESH = Participation.of(N, 1);

    record Row(String field, String expected, String found, ThrowingCallable make) {
        @Override
        public String toString() {
            return field + " " + found;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row("scope", "letters", "a b", () -> new ScopeId("a b")),
                new Row("checkpoint", "1 to 128", "", () -> new CheckpointId("")),
                new Row("token", "0 or more", "-1", () -> new Token(-1)),
                new Row("epoch", "1 to", "0", () -> new BarrierId(S, 0)),
                new Row("epoch", "1 to", "4611686018427387905", () -> new BarrierId(S, beyond())),
                new Row("seen version", "0 or more", "-1", () -> configure(-1)),
                new Row("incarnation", "1 or more", "0", () -> acquire(0, 1)),
                new Row("lease millis", "0 to 3600000", "3600001", () -> acquire(1, 3_600_001)),
                new Row("participants", "different", "[n, n]", () -> begin(List.of(FRESH, FRESH))),
                new Row("participants", "0 to 1000", "1001", () -> begin(crowd())),
                new Row("participants", "without votes", "voted", () -> begin(voted())),
                new Row("incarnation", "1 or more", "0", () -> begin(unborn())),
                new Row("timeout millis", "0 to 86400000", "-1", () -> begin(-1, 0)),
                new Row("epoch", "0 to", "-1", () -> begin(0, -1)),
                new Row("incarnation", "1 or more", "0", () -> ack(0)),
                new Row("code", "1 to 64", " ", () -> new Vote.Failed(" ", "text")),
                new Row("text", "1 to 1024", "", () -> new Vote.Failed("CODE", "")),
                new Row("text", "1 to 1024", "xx", () -> failed("x".repeat(1_025))),
                new Row("reason", "1 to 512", "", () -> new AbortBarrier(ID, Token.NONE, "")),
                new Row("max", "1 to 10000", "0", () -> new ExpireBarriers(0)),
                new Row("max", "1 to 10000", "10001", () -> new PruneBarriers(10_001)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aCommandThatCanNeverBeRightIsNone(Row row) {
        Throwable thrown = catchThrowable(row.make());
        assertThat(thrown).isInstanceOf(MalformedException.class);
        MalformedException.Expectation said = ((MalformedException) thrown).expectation();
        assertThat(said.field()).isEqualTo(row.field());
        assertThat(said.expected()).contains(row.expected());
        assertThat(said.found()).contains(row.found());
    }

    private static long beyond() {
        return BarrierId.EPOCH_MAX + 1;
    }

    private static Vote failed(String text) {
        return new Vote.Failed("CODE", text);
    }

    private static ConfigureScope configure(long seen) {
        return new ConfigureScope(S, WatermarkPolicy.HOLD, false, seen);
    }

    private static AcquireCoordinator acquire(long incarnation, long lease) {
        return new AcquireCoordinator(S, N, incarnation, lease);
    }

    private static AckBarrier ack(long incarnation) {
        return new AckBarrier(ID, N, incarnation, PREPARED);
    }

    private static BeginBarrier begin(List<Participation> participants) {
        return new BeginBarrier(S, new Token(1), new CheckpointId("c"), participants, 0, 0);
    }

    private static BeginBarrier begin(long timeout, long epoch) {
        return new BeginBarrier(
                S, new Token(1), new CheckpointId("c"), List.of(FRESH), timeout, epoch);
    }

    private static List<Participation> crowd() {
        return Collections.nCopies(1_001, FRESH);
    }

    private static List<Participation> voted() {
        return List.of(FRESH.voting(PREPARED, 1));
    }

    private static List<Participation> unborn() {
        return List.of(Participation.of(N, 0));
    }
}
