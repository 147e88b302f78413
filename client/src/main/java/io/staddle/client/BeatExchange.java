package io.staddle.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;

/// Beats share a stream to each server.
final class BeatExchange extends SingleExchange<BeatRequest, BeatAnswer, BeatReply> {
    BeatExchange() {
        super(ClustersGrpc.getKeepBeatingMethod());
    }

    @Override
    public ClientCall<BeatRequest, BeatAnswer> open(Peer peer, CallOptions options) {
        return peer.beats().newCall(options);
    }
}
