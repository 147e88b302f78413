package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Fencing;
import io.staddle.api.model.Primacy;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.AgentState.Signal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// With the defaults of the servers, 15 s and 30 s of grace, and a margin of 2 s: suspect 13 s
/// after the beat was sent, fenced after 43 s. The clock is simulated.
final class AgentStateTest {
    private static final Fencing FIRST = Fencing.registered(new Fence(1));
    private static final Fencing DEMOTED = FakeCluster.demoted(FIRST);
    private static final Fencing SECOND = Fencing.registered(new Fence(2));

    private final List<Signal> signals = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - seconds(20); // it may run over
    private final long startNanos = nowNanos;
    private final AgentState state = new AgentState(() -> nowNanos, -1, signals::add);

    @Test
    void anAnswerCountsFromWhenItsBeatWasSent() {
        at(5);
        answered(0, FIRST);
        GrainHandle handle = handle();
        at(12.999);
        assertThat(state.standing()).isEqualTo(Standing.HEALTHY);
        at(13);
        assertThat(state.standing()).isEqualTo(Standing.SUSPECT);
        at(42.999);
        assertThat(handle.token()).isPresent();
        at(43);
        assertThat(handle.token()).isEmpty();
        assertThat(state.standing()).isEqualTo(Standing.FENCED);
        assertThat(signals)
                .containsExactly(
                        new Signal.Connection(ConnectionState.CONNECTED),
                        new Signal.Healthy(new Fence(1)),
                        new Signal.Suspect(),
                        new Signal.Connection(ConnectionState.LOST),
                        new Signal.Fenced(new FencedBecause.Silence(43_000)));
    }

    @Test
    void anAnswerCountsFromWhenItsServerSurelyLed() {
        at(5);
        answered(1, FIRST, 600);
        at(13.399);
        assertThat(state.standing()).isEqualTo(Standing.HEALTHY);
        at(13.4);
        assertThat(state.standing()).isEqualTo(Standing.SUSPECT);
        at(43.4);
        assertThat(state.standing()).isEqualTo(Standing.FENCED);
    }

    @Test
    void aProcessThatWasPausedDoesNotBelieveTheAnswerThatWaitsForIt() {
        answered(0, FIRST);
        GrainHandle handle = handle();
        at(60);
        assertThat(handle.isUsable()).isFalse(); // before anybody else looked at the clock

        answered(59, FIRST);
        assertThat(state.standing()).isEqualTo(Standing.FENCED);
        assertThat(last()).isEqualTo(new Signal.Connection(ConnectionState.RECONNECTED));
        assertThat(signals).contains(new Signal.Fenced(new FencedBecause.Silence(60_000)));
        state.letGo();
        answered(59.5, FIRST);
        assertThat(state.standing()).isEqualTo(Standing.FENCED);

        at(61);
        answered(60.5, FIRST);
        assertThat(state.standing()).isEqualTo(Standing.HEALTHY);
        assertThat(handle.isUsable()).isFalse();
        assertThat(handle().isUsable()).isTrue();
    }

    @Test
    void anAnswerThatIsTooLateConfirmsNothing() {
        at(50);
        answered(0, FIRST);
        assertThat(state.standing()).isEqualTo(Standing.FENCED);
        answered(49, FIRST);
        assertThat(state.standing()).isEqualTo(Standing.HEALTHY);
    }

    @Test
    void aFenceIsAcknowledgedOnlyWhenTheListenerHasLetGo() {
        answered(0, FIRST);
        at(1);
        answered(0.5, DEMOTED);
        assertThat(last()).isEqualTo(new Signal.Fenced(new FencedBecause.Demoted(new Fence(2))));
        assertThat(state.acked()).isEqualTo(new Fence(1));
        answered(0.9, SECOND);
        assertThat(state.standing()).isEqualTo(Standing.FENCED);

        at(5);
        state.letGo();
        assertThat(state.acked()).isEqualTo(new Fence(2));
        answered(4, SECOND);
        assertThat(state.standing()).isEqualTo(Standing.FENCED);
        answered(5, SECOND);
        assertThat(last()).isEqualTo(new Signal.Healthy(new Fence(2)));
    }

    @Test
    void whoWasDemotedAndTakenBackWithoutHearingOfItLetsGoAllTheSame() {
        answered(0, FIRST);
        GrainHandle handle = handle();
        at(1);
        answered(1, SECOND);
        assertThat(handle.isUsable()).isFalse();
        assertThat(last()).isEqualTo(new Signal.Fenced(new FencedBecause.Demoted(new Fence(2))));
    }

    @Test
    void aServerThatIsBehindIsNotBelieved() {
        answered(0, FIRST);
        answered(0, DEMOTED);
        state.letGo();
        at(2);
        answered(1, FIRST);
        assertThat(state.standing()).isEqualTo(Standing.FENCED);
        assertThat(state.acked()).isEqualTo(new Fence(2));
    }

    @Test
    void anAnswerThatWasOvertakenTakesNothingBack() {
        at(10);
        answered(9, FIRST);
        answered(1, FIRST);
        at(21.9);
        assertThat(state.standing()).isEqualTo(Standing.HEALTHY);
    }

    @Test
    void whoIsNotKnownAnyMoreIsFenced() {
        answered(0, FIRST);
        Refusal why = new Refusal.NotFound("cluster", "eu-1");
        state.answered(nowNanos, new BeatReply.Refused(why));
        assertThat(last()).isEqualTo(new Signal.Fenced(new FencedBecause.Unknown(why)));
    }

    @Test
    void aBeatThatIsNotAnsweredSuspendsTheConnectionUntilOneIs() {
        state.unanswered();
        assertThat(state.connection()).isEqualTo(ConnectionState.CONNECTING);
        answered(0, FIRST);
        state.unanswered();
        assertThat(state.connection()).isEqualTo(ConnectionState.SUSPENDED);
        assertThat(state.standing()).isEqualTo(Standing.HEALTHY);
        answered(0, FIRST);
        assertThat(state.connection()).isEqualTo(ConnectionState.RECONNECTED);
    }

    @Test
    void whatWasClosedStaysFenced() {
        answered(0, FIRST);
        GrainHandle handle = handle();
        state.close();
        state.letGo();
        answered(1, FIRST);
        assertThat(handle.isUsable()).isFalse();
        assertThat(state.standing()).isEqualTo(Standing.FENCED);
        assertThat(last()).isEqualTo(new Signal.Fenced(new FencedBecause.Closed()));
    }

    private void at(double seconds) {
        nowNanos = startNanos + seconds(seconds);
    }

    private void answered(double sentAt, Fencing fencing) {
        answered(sentAt, fencing, 0);
    }

    private void answered(double sentAt, Fencing fencing, long leadershipAgeMillis) {
        state.answered(
                startNanos + seconds(sentAt),
                new BeatReply.Taken(
                        FakeCluster.record(fencing),
                        Primacy.NONE,
                        new BeatReply.Terms(2_000, 15_000, 30_000),
                        leadershipAgeMillis));
    }

    private GrainHandle handle() {
        Answer.Grant grant =
                new Answer.Grant(
                        Fixture.CART,
                        Fixture.EU,
                        new Epoch(7),
                        state.acked(),
                        new Revision(1, 0),
                        0);
        return new GrainHandle(state, grant, state.tenure());
    }

    private Signal last() {
        return signals.getLast();
    }

    private static long seconds(double seconds) {
        return Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
    }
}
