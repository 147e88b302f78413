package io.staddle.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;

/// Beats share a stream to each server.
final class BeatExchange extends SingleExchange<BeatRequest, BeatAnswer, BeatReply> {
    private final Peers peers;

    BeatExchange(Peers peers) {
        super(ClustersGrpc.getKeepBeatingMethod());
        this.peers = peers;
    }

    @Override
    public void answeredBy(Peer peer, BeatAnswer answer) {
        peers.tookBeat(peer, answer.getPassed());
    }

    @Override
    public ClientCall<BeatRequest, BeatAnswer> open(Peer peer, CallOptions options) {
        return peer.beats().newCall(options);
    }
}
