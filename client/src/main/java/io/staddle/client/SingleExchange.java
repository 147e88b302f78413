package io.staddle.client;

import io.grpc.MethodDescriptor;

import java.util.List;

/// One query travels in an RPC of its own.
class SingleExchange<Q, A, T> implements Exchange<PendingQuery<Q, A, T>, Q, A> {
    private final MethodDescriptor<Q, A> method;

    SingleExchange(MethodDescriptor<Q, A> method) {
        this.method = method;
    }

    @Override
    public final MethodDescriptor<Q, A> method() {
        return method;
    }

    @Override
    public final Q request(List<PendingQuery<Q, A, T>> calls) {
        return calls.get(0).query;
    }

    @Override
    public final int deliver(A answer, List<PendingQuery<Q, A, T>> calls) {
        PendingQuery<Q, A, T> call = calls.get(0);
        if (!call.close()) {
            return 0;
        }
        call.complete(answer);
        return 1;
    }
}
