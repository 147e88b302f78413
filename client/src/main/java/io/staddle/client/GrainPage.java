package io.staddle.client;

import com.google.protobuf.ByteString;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.staddle.api.codec.ListedGrains;
import io.staddle.api.model.Ownership;
import io.staddle.api.v1.DirectoryGrpc;
import io.staddle.api.v1.ListGrainsRequest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A page of a list of grains.
///
/// It is decoded by whoever reads it, so that the next page can be asked for before that, and the
/// I/O thread goes on.
record GrainPage(ListedGrains answer) {
    /// The token of the first page.
    static final ByteString START = ByteString.EMPTY;

    /// A page after which there is none.
    static final GrainPage END = new GrainPage(Bytes.answer(new byte[0]));

    /// `ListGrains`, with the answer as it comes.
    static final MethodDescriptor<ListGrainsRequest, GrainPage> METHOD =
            DirectoryGrpc.getListGrainsMethod().toBuilder(
                            DirectoryGrpc.getListGrainsMethod().getRequestMarshaller(), new Bytes())
                    .build();

    boolean isLast() {
        return next().isEmpty();
    }

    /// Returns the token of the page after; empty on the last page.
    ByteString next() {
        return answer.next();
    }

    /// @throws StaddleProtocolException if this version does not understand the answer
    List<Ownership> grains() {
        try {
            return answer.grains();
        } catch (IOException | RuntimeException unknownAnswer) {
            throw StaddleProtocolException.notUnderstood(unknownAnswer);
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<GrainPage> {
        @Override
        public GrainPage parse(InputStream from) {
            try {
                return new GrainPage(answer(from.readAllBytes()));
            } catch (IOException cut) {
                throw noAnswer(cut);
            }
        }

        /// Answers are never sent.
        @Override
        public InputStream stream(GrainPage page) {
            return new ByteArrayInputStream(new byte[0]);
        }

        private static ListedGrains answer(byte[] bytes) {
            try {
                return ListedGrains.of(bytes);
            } catch (IOException e) {
                throw noAnswer(e);
            }
        }

        private static RuntimeException noAnswer(IOException why) {
            return Status.INTERNAL
                    .withDescription("a page of a list of grains was expected")
                    .withCause(why)
                    .asRuntimeException();
        }
    }
}
