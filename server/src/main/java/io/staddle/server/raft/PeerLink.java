package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.DigestAtAnswer;
import io.staddle.api.peer.v1.DigestAtRequest;
import io.staddle.api.peer.v1.IntroduceAnswer;
import io.staddle.api.peer.v1.IntroduceRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.api.peer.v1.ReadIndexAnswer;
import io.staddle.api.peer.v1.ReadIndexRequest;
import io.staddle.api.peer.v1.TermAnswer;
import io.staddle.api.peer.v1.TermRequest;
import io.staddle.server.peer.PeerChannel;
import io.staddle.server.peer.PeerMethod;
import io.staddle.server.peer.PeerStream;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// What this server asks one other.
final class PeerLink {
    private static final PeerMethod<TermRequest, TermAnswer> TERMS =
            PeerMethod.of(PeersGrpc.getTermsMethod());
    private static final PeerMethod<ReadIndexRequest, ReadIndexAnswer> READ_INDEX =
            PeerMethod.of(PeersGrpc.getReadIndexMethod());
    private static final PeerMethod<DigestAtRequest, DigestAtAnswer> DIGEST_AT =
            PeerMethod.of(PeersGrpc.getDigestAtMethod());

    private static final PeerMethod<IntroduceRequest, IntroduceAnswer> INTRODUCE =
            PeerMethod.of(PeersGrpc.getIntroduceMethod());

    private final PeerChannel channel;
    private final PeerStream<TermRequest, TermAnswer> terms;
    private final String deployment;
    private final TermRequest term;
    private final ReadIndexRequest readIndex;

    PeerLink(PeerChannel channel, String deployment) {
        this.channel = channel;
        this.terms = channel.stream(TERMS);
        this.deployment = deployment;
        this.term = TermRequest.newBuilder().setDeployment(deployment).build();
        this.readIndex = ReadIndexRequest.newBuilder().setDeployment(deployment).build();
    }

    CompletableFuture<Long> term() {
        return terms.ask(term).thenApply(TermAnswer::getTerm);
    }

    CompletableFuture<Long> readIndex() {
        return channel.call(READ_INDEX, readIndex, ReadIndexAnswer::getIndex);
    }

    /// Asks which build it is.
    CompletableFuture<IntroduceAnswer> introduce(ServerId me) {
        IntroduceRequest request =
                IntroduceRequest.newBuilder()
                        .setDeployment(deployment)
                        .setServer(me.value())
                        .build();
        return channel.call(INTRODUCE, request, Function.identity());
    }

    /// Asks for the digest at or before an entry.
    CompletableFuture<Optional<DigestMark>> digestAt(long index) {
        DigestAtRequest request =
                DigestAtRequest.newBuilder().setDeployment(deployment).setIndex(index).build();
        return channel.call(
                DIGEST_AT,
                request,
                answer ->
                        Optional.of(new DigestMark(answer.getIndex(), answer.getDigest()))
                                .filter(mark -> !mark.digest().isEmpty()));
    }
}
