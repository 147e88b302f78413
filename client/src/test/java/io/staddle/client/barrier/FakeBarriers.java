package io.staddle.client.barrier;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.BarrierCodec;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.EventCodec;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.codec.ScopeCodec;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.Coordinator;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Tally;
import io.staddle.api.model.Vote;
import io.staddle.api.query.ScopeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.AnswerHeader;
import io.staddle.api.v1.BarriersGrpc;
import io.staddle.api.v1.BatchGrpc;
import io.staddle.api.v1.EventsGrpc;
import io.staddle.api.v1.GetBarrierAnswer;
import io.staddle.api.v1.GetBarrierRequest;
import io.staddle.api.v1.GetScopeAnswer;
import io.staddle.api.v1.GetScopeRequest;
import io.staddle.api.v1.ListBarriersAnswer;
import io.staddle.api.v1.ListBarriersRequest;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.api.v1.WatchRequest;
import io.staddle.api.v1.WriteBatch;
import io.staddle.api.v1.WriteBatchAnswer;
import io.staddle.client.StaddleClient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A server with one scope, which keeps barriers as the real ones do as far as clients can tell,
/// and loses answers and streams when a test says so.
final class FakeBarriers implements AutoCloseable {
    static final ScopeId SCOPE = new ScopeId("s");

    private final Map<Long, BarrierRecord> barriers = new TreeMap<>();
    private final Map<Long, Map<NodeId, Participation>> seats = new TreeMap<>();
    private final List<RecordedEvent> history = new ArrayList<>();
    private final List<Stream> streams = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final Server server;
    private BarrierScope scope = BarrierScope.of(SCOPE);
    private int toLose;

    private record Stream(StreamObserver<WatchAnswer> observer) {}

    FakeBarriers() {
        try {
            server =
                    NettyServerBuilder.forAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                            .directExecutor()
                            .addService(new Batch())
                            .addService(new Barriers())
                            .addService(new Events())
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StaddleClient client() {
        return StaddleClient.builder().endpoints("127.0.0.1:" + server.getPort()).build();
    }

    /// The commands that came, but for renewals, by the names of their records.
    synchronized List<String> commands() {
        return List.copyOf(commands);
    }

    /// Carries out the next commands, and loses their answers.
    synchronized void loseAnswers(int count) {
        toLose = count;
    }

    /// Ends all streams of events, as when a server dies.
    synchronized void loseStreams() {
        List<Stream> lost = List.copyOf(streams);
        streams.clear();
        lost.forEach(each -> each.observer().onError(Status.UNAVAILABLE.asRuntimeException()));
    }

    /// Says to all watchers that what comes next is not kept.
    synchronized void trim() {
        List<Stream> ended = List.copyOf(streams);
        streams.clear();
        WatchAnswer trimmed =
                WatchAnswer.newBuilder()
                        .setThroughIndex(history.size())
                        .setTrimmed(
                                WatchAnswer.Trimmed.newBuilder()
                                        .setFirstKeptIndex(history.size() + 2L))
                        .build();
        ended.forEach(each -> {
            each.observer().onNext(trimmed);
            each.observer().onCompleted();
        });
    }

    synchronized int watchers() {
        return streams.size();
    }

    /// Somebody else coordinates from now on.
    synchronized void usurp() {
        scope = scope.coordinatedBy(scope.coordinator().followedBy(new NodeId("usurper"), 1));
    }

    /// Carries out a command of somebody else.
    synchronized Outcome apply(BarrierCommand command) {
        Revision at = new Revision(history.size() + 1L, 0);
        return switch (command) {
            case BarrierCommand.AcquireCoordinator acquire -> acquire(acquire, at);
            case BarrierCommand.ReleaseCoordinator release ->
                    new Outcome.Done(at, new Answer.Coordination(scope, 0));
            case BarrierCommand.BeginBarrier begin -> begin(begin, at);
            case BarrierCommand.AckBarrier ack -> acknowledge(ack, at);
            case BarrierCommand.CommitBarrier commit ->
                    commit.token().equals(scope.coordinator().token())
                            ? decide(
                                    commit.barrier(),
                                    new BarrierDecision.Committed(
                                            OptionalLong.empty(), OptionalLong.empty(), 1),
                                    at)
                            : new Outcome.Refused(
                                    at,
                                    new Refusal.StaleToken(
                                            SCOPE,
                                            commit.token(),
                                            scope.coordinator().token(),
                                            scope.coordinator().node()));
            case BarrierCommand.AbortBarrier abort ->
                    decide(
                            abort.barrier(),
                            aborted(BarrierAbortCode.COORDINATOR, List.of(), abort.reason()),
                            at);
            case BarrierCommand.ConfigureScope same -> throw new AssertionError(same);
            case BarrierCommand.ExpireBarriers same -> throw new AssertionError(same);
            case BarrierCommand.PruneBarriers same -> throw new AssertionError(same);
        };
    }

    private Outcome acquire(BarrierCommand.AcquireCoordinator acquire, Revision at) {
        Coordinator now = scope.coordinator();
        if (now.node().isPresent() && !now.is(acquire.node())) {
            return new Outcome.Refused(
                    at, new Refusal.Held(SCOPE, now.node().orElseThrow(), 5_000, 5_000));
        }
        if (now.node().isEmpty()) {
            scope = scope.coordinatedBy(now.followedBy(acquire.node(), acquire.incarnation()));
        }
        return new Outcome.Done(at, new Answer.Coordination(scope, 5_000));
    }

    private Outcome begin(BarrierCommand.BeginBarrier begin, Revision at) {
        Optional<BarrierRecord> same =
                barriers.values().stream()
                        .filter(each -> each.checkpoint().equals(begin.checkpoint()))
                        .findFirst();
        if (same.isEmpty()) {
            BarrierRecord barrier =
                    new BarrierRecord(
                            new BarrierId(SCOPE, scope.lastEpoch() + 1),
                            begin.checkpoint(),
                            begin.token(),
                            scope.policy(),
                            Tally.of(begin.participants().size()),
                            0,
                            begin.timeoutMillis(),
                            begin.timeoutMillis(),
                            new BarrierDecision.Open());
            scope = scope.begun(barrier.id().epoch());
            Map<NodeId, Participation> fresh = new TreeMap<>();
            begin.participants().forEach(each -> fresh.put(each.node(), each));
            seats.put(barrier.id().epoch(), fresh);
            barriers.put(barrier.id().epoch(), barrier);
            happens(new BarrierEvent.BarrierBegun(barrier, begin.participants()));
            return new Outcome.Done(at, new Answer.Barrier(barrier));
        }
        return new Outcome.Done(at, new Answer.Barrier(same.get()));
    }

    private Outcome acknowledge(BarrierCommand.AckBarrier ack, Revision at) {
        long epoch = ack.barrier().epoch();
        BarrierRecord barrier = barrier(epoch);
        Participation seat = Objects.requireNonNull(seats(epoch).get(ack.node()));
        if (ack.incarnation() < seat.incarnation()) {
            return new Outcome.Refused(
                    at,
                    new Refusal.StaleIncarnation(
                            ack.node(), ack.incarnation(), seat.incarnation()));
        }
        if (ack.incarnation() > seat.incarnation()) {
            return decide(
                    ack.barrier(),
                    aborted(BarrierAbortCode.PARTICIPANT_RESTARTED, List.of(ack.node()), ""),
                    at);
        }
        if (seat.ballot().isPresent()) {
            return new Outcome.Done(at, new Answer.Barrier(barrier));
        }
        seats(epoch).put(ack.node(), seat.voting(ack.vote(), 1));
        if (ack.vote() instanceof Vote.Failed failed) {
            return decide(
                    ack.barrier(),
                    aborted(
                            BarrierAbortCode.PARTICIPANT_FAILED,
                            List.of(ack.node()),
                            failed.code()),
                    at);
        }
        BarrierRecord next = barrier.with((Vote.Prepared) ack.vote());
        barriers.put(epoch, next);
        if (next.status() == BarrierStatus.READY) {
            happens(new BarrierEvent.BarrierReady(next));
        }
        return new Outcome.Done(at, new Answer.Barrier(next));
    }

    private Outcome decide(BarrierId id, BarrierDecision how, Revision at) {
        BarrierRecord barrier = barrier(id.epoch());
        if (!barrier.status().isDecided()) {
            barrier = barrier.decided(how);
            barriers.put(id.epoch(), barrier);
            happens(
                    barrier.status() == BarrierStatus.COMMITTED
                            ? new BarrierEvent.BarrierCommitted(barrier)
                            : new BarrierEvent.BarrierAborted(barrier));
        }
        return new Outcome.Done(at, new Answer.Barrier(barrier));
    }

    private BarrierRecord barrier(long epoch) {
        return Objects.requireNonNull(barriers.get(epoch));
    }

    private Map<NodeId, Participation> seats(long epoch) {
        return Objects.requireNonNull(seats.get(epoch));
    }

    private static BarrierDecision aborted(
            BarrierAbortCode code, List<NodeId> nodes, String reason) {
        return new BarrierDecision.Aborted(code, reason, nodes, 1);
    }

    private void happens(BarrierEvent event) {
        RecordedEvent recorded =
                new RecordedEvent(
                        new Revision(history.size() + 1L, 0), history.size(), Origin.NONE, event);
        history.add(recorded);
        streams.forEach(each -> each.observer().onNext(answer(List.of(recorded))));
    }

    private WatchAnswer answer(List<RecordedEvent> events) {
        return WatchAnswer.newBuilder()
                .setThroughIndex(history.size())
                .addAllEvents(events.stream().map(EventCodec::encode).toList())
                .build();
    }

    private AnswerHeader header() {
        return AnswerHeader.newBuilder().setIndex(history.size()).setServer("fake").build();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <A> void send(A answer, StreamObserver<A> observer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private final class Batch extends BatchGrpc.BatchImplBase {
        @Override
        public void write(WriteBatch request, StreamObserver<WriteBatchAnswer> observer) {
            synchronized (FakeBarriers.this) {
                WriteBatchAnswer.Builder answer = WriteBatchAnswer.newBuilder();
                boolean loses = false;
                for (var encoded : request.getCommandsList()) {
                    BarrierCommand command =
                            (BarrierCommand) CommandCodec.decode(encoded).command();
                    answer.addOutcomes(OutcomeCodec.encode(apply(command)));
                    if (!(command instanceof BarrierCommand.AcquireCoordinator)) {
                        commands.add(command.getClass().getSimpleName());
                        loses |= toLose-- > 0;
                    }
                }
                if (loses) {
                    Metadata trailers = new Metadata();
                    trailers.put(
                            Metadata.Key.of("staddle-outcome", Metadata.ASCII_STRING_MARSHALLER),
                            "unknown");
                    observer.onError(Status.UNAVAILABLE.asRuntimeException(trailers));
                } else {
                    send(answer.build(), observer);
                }
            }
        }
    }

    private final class Barriers extends BarriersGrpc.BarriersImplBase {
        @Override
        public void getScope(GetScopeRequest request, StreamObserver<GetScopeAnswer> observer) {
            synchronized (FakeBarriers.this) {
                Optional<BarrierRecord> open =
                        barriers.values().stream()
                                .filter(each -> !each.status().isDecided())
                                .findFirst();
                send(
                        GetScopeAnswer.newBuilder()
                                .setHeader(header())
                                .setState(ScopeCodec.encode(new ScopeState(scope, 0, open)))
                                .build(),
                        observer);
            }
        }

        @Override
        public void get(GetBarrierRequest request, StreamObserver<GetBarrierAnswer> observer) {
            synchronized (FakeBarriers.this) {
                GetBarrierAnswer.Builder answer =
                        GetBarrierAnswer.newBuilder()
                                .setHeader(header())
                                .setBarrier(BarrierCodec.encode(barrier(request.getEpoch())));
                seats(request.getEpoch())
                        .values()
                        .forEach(each -> answer.addParticipants(BarrierCodec.encode(each)));
                send(answer.build(), observer);
            }
        }

        @Override
        public void list(ListBarriersRequest request, StreamObserver<ListBarriersAnswer> observer) {
            synchronized (FakeBarriers.this) {
                long before = request.getBeforeEpoch();
                send(
                        ListBarriersAnswer.newBuilder()
                                .setHeader(header())
                                .addAllBarriers(
                                        barriers.values().stream()
                                                .filter(each ->
                                                        before == 0 || each.id().epoch() < before)
                                                .toList()
                                                .reversed()
                                                .stream()
                                                .limit(request.getLimit())
                                                .map(BarrierCodec::encode)
                                                .toList())
                                .build(),
                        observer);
            }
        }
    }

    private final class Events extends EventsGrpc.EventsImplBase {
        @Override
        public void watch(WatchRequest request, StreamObserver<WatchAnswer> observer) {
            synchronized (FakeBarriers.this) {
                Stream stream = new Stream(observer);
                ((ServerCallStreamObserver<WatchAnswer>) observer)
                        .setOnCancelHandler(() -> forget(stream));
                long from = request.hasFrom() ? request.getFrom().getIndex() : history.size() + 1L;
                List<RecordedEvent> missed =
                        history.stream().filter(each -> each.revision().index() >= from).toList();
                observer.onNext(
                        WatchAnswer.newBuilder()
                                .setThroughIndex(Math.max(0, from - 1))
                                .setProgress(WatchAnswer.Progress.getDefaultInstance())
                                .build());
                if (!missed.isEmpty()) {
                    observer.onNext(answer(missed));
                }
                streams.add(stream);
            }
        }

        private void forget(Stream stream) {
            synchronized (FakeBarriers.this) {
                streams.remove(stream);
            }
        }
    }
}
