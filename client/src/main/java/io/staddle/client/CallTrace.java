package io.staddle.client;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/// Sees how far a call got: gRPC says so to whoever traces it, and to nobody else.
class CallTrace extends ClientStreamTracer.Factory {
    private volatile boolean sent;
    private volatile boolean answered;

    /// Whether the server may have got it.
    final boolean isSent() {
        return sent;
    }

    /// Whether it was the server that ended it.
    final boolean isAnswered() {
        return answered;
    }

    /// It goes out now.
    void sent() {}

    @Override
    public final ClientStreamTracer newClientStreamTracer(
            ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void streamCreated(Attributes transport, Metadata sentHeaders) {
                sent = true;
                sent();
            }

            @Override
            public void inboundTrailers(Metadata trailers) {
                answered = true;
            }
        };
    }
}
