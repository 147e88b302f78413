package io.staddle.server.peer;

import com.google.protobuf.MessageLite;

import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/// Questions to one other server that share a stream, which costs both sides less than a call each.
///
/// The stream is opened for the first question, and again for the first one after it ended. What
/// ends it fails each question that has no answer yet. Safe for threads.
///
/// @param <Q> the question
/// @param <A> the answer
public final class PeerStream<Q extends MessageLite, A extends MessageLite> {
    /// A server that hangs is not asked any more when so many questions wait for it.
    private static final int WAITING_MAX = 1_000;

    private final PeerChannel channel;
    private final PeerMethod<Q, A> method;

    // Guarded by this, and so is what the streams hold.
    private Optional<Stream> current = Optional.empty();

    PeerStream(PeerChannel channel, PeerMethod<Q, A> method) {
        this.channel = channel;
        this.method = method;
    }

    /// Asks, and completes with the answer on a thread that must not be blocked.
    ///
    /// Fails with [PeerException] if the stream ends first, or after the patience.
    public CompletableFuture<A> ask(Q question) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        Optional<PeerException> refused = send(question, answer);
        return refused.isPresent()
                ? CompletableFuture.failedFuture(refused.get())
                : answer.orTimeout(channel.patience().toNanos(), TimeUnit.NANOSECONDS)
                        .exceptionallyCompose(
                                why -> CompletableFuture.failedFuture(exception(why)));
    }

    private synchronized Optional<PeerException> send(Q question, CompletableFuture<A> answer) {
        Stream stream = current.orElseGet(Stream::new);
        if (stream.end.isPresent()) {
            return stream.end;
        }
        current = Optional.of(stream);
        if (stream.waiting.size() >= WAITING_MAX) {
            return Optional.of(exception(hanging()));
        }
        stream.waiting.add(answer);
        stream.questions.onNext(question);
        return Optional.empty();
    }

    private synchronized Optional<CompletableFuture<A>> first(Stream stream) {
        return Optional.ofNullable(stream.waiting.poll());
    }

    private synchronized List<CompletableFuture<A>> ended(Stream stream, PeerException why) {
        stream.end = Optional.of(why);
        current = current.filter(open -> open != stream);
        List<CompletableFuture<A>> left = List.copyOf(stream.waiting);
        stream.waiting.clear();
        return left;
    }

    private PeerException exception(Throwable why) {
        return why instanceof PeerException known ? known : new PeerException(channel.api(), why);
    }

    private static Throwable hanging() {
        return Status.RESOURCE_EXHAUSTED
                .withDescription(WAITING_MAX + " questions wait already")
                .asRuntimeException();
    }

    private final class Stream implements StreamObserver<A> {
        final Deque<CompletableFuture<A>> waiting = new ArrayDeque<>();
        Optional<PeerException> end = Optional.empty();
        final StreamObserver<Q> questions = channel.open(method, this);

        @Override
        public void onNext(A answer) {
            first(this).ifPresent(asked -> asked.complete(answer));
        }

        /// gRPC may say so to whoever asks, who has the lock: so nobody is told on this thread.
        @Override
        public void onError(Throwable failure) {
            PeerException why = exception(failure);
            List<CompletableFuture<A>> left = ended(this, why);
            ForkJoinPool.commonPool()
                    .execute(() -> left.forEach(each -> each.completeExceptionally(why)));
        }

        @Override
        public void onCompleted() {
            onError(Status.UNAVAILABLE.withDescription("the stream ended").asRuntimeException());
        }
    }
}
