package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.WatchAnswer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;

final class EventWatcherTest {
    private static final WatchOptions FROM_ONE =
            WatchOptions.FROM_NOW.from(new Revision(1, 0)).progressEvery(Duration.ofMillis(100));

    private final FakeEvents server = new FakeEvents();
    private final StaddleClient client = server.client();
    private final EventWatcher watcher = client.events().watch(FROM_ONE);

    @AfterEach
    void end() {
        watcher.close();
        client.close();
        server.close();
    }

    @Test
    void goesOnWhereItWasWhenItsStreamEnds() throws Exception {
        FakeEvents.Stream first = server.next();
        assertThat(ModelCodec.decode(first.request().getFrom())).isEqualTo(new Revision(1, 0));
        first.send(answer(7, 5));
        assertThat(watcher.next().resumeFrom()).isEqualTo(new Revision(5, 1));
        first.fail(Status.UNAVAILABLE);

        FakeEvents.Stream second = server.next();
        assertThat(ModelCodec.decode(second.request().getFrom())).isEqualTo(new Revision(8, 0));
        second.send(answer(9, 9));
        assertThat(watcher.next()).isInstanceOf(Watched.Change.class);
    }

    @Test
    void whatCameBeforeTheStreamEndedIsBroughtAllTheSame() throws Exception {
        FakeEvents.Stream first = server.next();
        first.send(answer(1, 1));
        first.send(answer(2, 2));
        first.fail(Status.UNAVAILABLE);
        FakeEvents.Stream second = server.next();
        assertThat(ModelCodec.decode(second.request().getFrom())).isEqualTo(new Revision(3, 0));
        assertThat(watcher.next().resumeFrom()).isEqualTo(new Revision(1, 1));
        assertThat(watcher.next().resumeFrom()).isEqualTo(new Revision(2, 1));
    }

    @Test
    void aServerThatGoesBackIsNotBelieved() throws Exception {
        FakeEvents.Stream stream = server.next();
        stream.send(answer(7, 6));
        stream.send(answer(8, 5));
        assertThat(watcher.next()).isInstanceOf(Watched.Change.class);
        assertThatThrownBy(watcher::hasNext)
                .isInstanceOf(StaddleProtocolException.class)
                .hasMessageContaining("5.0");
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws Exception {
        FakeEvents.Stream silent = server.next();
        silent.send(WatchAnswer.newBuilder().setThroughIndex(3).build());
        assertThat(watcher.next()).isInstanceOf(Watched.Progress.class);
        FakeEvents.Stream next = server.next();
        assertThat(ModelCodec.decode(next.request().getFrom())).isEqualTo(new Revision(4, 0));
    }

    @Test
    void whoIsTooSlowIsToldSoAndMissesNothing() throws Exception {
        FakeEvents.Stream stream = server.next();
        stream.send(
                WatchAnswer.newBuilder()
                        .setThroughIndex(3)
                        .setLagging(WatchAnswer.Lagging.newBuilder().setNewestIndex(90))
                        .build());
        stream.send(answer(5, 4));
        assertThat(watcher.next()).isEqualTo(new Watched.Lagging(new Revision(4, 0), 90));
        assertThat(watcher.isOver()).isFalse();
        assertThat(watcher.next().resumeFrom()).isEqualTo(new Revision(4, 1));
    }

    @Test
    void nothingComesAfterAGap() throws Exception {
        FakeEvents.Stream stream = server.next();
        stream.send(
                WatchAnswer.newBuilder()
                        .setThroughIndex(3)
                        .setTrimmed(WatchAnswer.Trimmed.newBuilder().setFirstKeptIndex(9))
                        .build());
        assertThat(watcher.next()).isEqualTo(new Watched.Trimmed(new Revision(4, 0), 9));
        assertThat(watcher.hasNext()).isFalse();
        assertThat(watcher.isOver()).isTrue();
        assertThatThrownBy(watcher::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whatNoServerUnderstandsEndsIt() throws Exception {
        server.next().fail(Status.INVALID_ARGUMENT.withDescription("kind must be one of …"));
        assertThatThrownBy(watcher::hasNext)
                .isInstanceOf(StaddleProtocolException.class)
                .hasMessageContaining("kind must be");
    }

    @Test
    void closingTheClientEndsIt() throws Exception {
        server.next();
        client.close();
        assertThatThrownBy(watcher::hasNext).isInstanceOf(StaddleClosedException.class);
    }

    @Test
    void closingItEndsIt() throws Exception {
        server.next();
        assertThat(watcher.poll(Duration.ofMillis(50))).isEqualTo(Optional.empty());
        assertThat(watcher.isOver()).isFalse();
        watcher.close();
        assertThat(watcher.hasNext()).isFalse();
    }

    /// An answer with an event of one entry.
    private static WatchAnswer answer(long through, long index) {
        return WatchAnswer.newBuilder()
                .setThroughIndex(through)
                .addEvents(
                        EventCodec.encode(
                                new RecordedEvent(
                                        new Revision(index, 0),
                                        1,
                                        Origin.NONE,
                                        new AdminEvent.FeatureLevelRaised(2))))
                .build();
    }
}
