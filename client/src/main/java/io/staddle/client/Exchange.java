package io.staddle.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;

import java.util.List;

/// What travels in a lane: how calls become a request, and an answer the answers to them.
///
/// @param <P> the calls
/// @param <Q> the request
/// @param <A> the answer
interface Exchange<P extends Pending<?, ?>, Q, A> {
    /// The RPC that carries it.
    MethodDescriptor<Q, A> method();

    /// Opens the RPC to a server.
    default ClientCall<Q, A> open(Peer peer, CallOptions options) {
        return peer.newCall(method(), options);
    }

    /// Returns the request that carries all of `calls`.
    Q request(List<P> calls);

    /// Completes those of `calls` that are open.
    ///
    /// @return how many it closed
    /// @throws StaddleProtocolException if the answer does not fit the calls
    int deliver(A answer, List<P> calls);

    /// Takes note of who answered.
    default void answeredBy(Peer peer, A answer) {}

    /// Refuses an answer to more or fewer calls than were asked.
    static void checkCount(int answers, int calls) {
        if (answers != calls) {
            throw new StaddleProtocolException(answers + " answers to " + calls + " calls");
        }
    }
}
