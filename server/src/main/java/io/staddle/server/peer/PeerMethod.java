package io.staddle.server.peer;

import com.google.protobuf.MessageLite;

import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor.MethodType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/// A method of a generated service, for Ratis' gRPC, which is the same code under other names.
///
/// @param <Q> the request
/// @param <A> the answer
public final class PeerMethod<Q extends MessageLite, A extends MessageLite> {
    private final MethodDescriptor<Q, A> descriptor;

    private PeerMethod(MethodDescriptor<Q, A> descriptor) {
        this.descriptor = descriptor;
    }

    /// Takes over the name and the messages of a method.
    public static <Q extends MessageLite, A extends MessageLite> PeerMethod<Q, A> of(
            io.grpc.MethodDescriptor<Q, A> method) {
        return new PeerMethod<>(
                MethodDescriptor.<Q, A>newBuilder()
                        .setType(MethodType.valueOf(method.getType().name()))
                        .setFullMethodName(method.getFullMethodName())
                        .setRequestMarshaller(new Messages<>(method.getRequestMarshaller()))
                        .setResponseMarshaller(new Messages<>(method.getResponseMarshaller()))
                        .build());
    }

    MethodDescriptor<Q, A> descriptor() {
        return descriptor;
    }

    private record Messages<M extends MessageLite>(io.grpc.MethodDescriptor.Marshaller<M> generated)
            implements MethodDescriptor.Marshaller<M> {
        @Override
        public InputStream stream(M message) {
            // Of this kind of stream gRPC knows the length; of the generated one, only its own.
            return new ByteArrayInputStream(message.toByteArray());
        }

        @Override
        public M parse(InputStream stream) {
            return generated.parse(stream);
        }
    }
}
