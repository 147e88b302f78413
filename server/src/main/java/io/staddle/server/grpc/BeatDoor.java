package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.server.config.Limits;
import io.staddle.server.raft.Quorum;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Where streams of beats come in: to the leader, or to a server that passes them on to it.
final class BeatDoor implements AutoCloseable {
    private final Quorum quorum;
    private final Limits limits;
    private final Beats beats;
    private final BeatRelay relay;
    private final Set<BeatStream> streams = ConcurrentHashMap.newKeySet();

    BeatDoor(Quorum quorum, Limits limits, Beats beats, BeatRelay relay) {
        this.quorum = quorum;
        this.limits = limits;
        this.beats = beats;
        this.relay = relay;
    }

    /// Takes the beats of a stream until one cannot be answered.
    StreamObserver<BeatRequest> open(StreamObserver<BeatAnswer> observer) {
        BeatStream stream = BeatStream.open(this, limits, observer, streams::remove);
        streams.add(stream);
        return stream;
    }

    void take(BeatRequest request, Reply<BeatAnswer> reply, long deadlineNanos) {
        if (quorum.leadingTerm().isPresent() || !relay.pass(request, reply)) {
            beats.take(request, reply, deadlineNanos);
        }
    }

    /// Ends the streams, which would go on for as long as their clients live.
    @Override
    public void close() {
        streams.forEach(BeatStream::stop);
        relay.close();
    }
}
