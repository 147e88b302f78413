package io.staddle.dataplane.ratis;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/// A write that the leader has refused before it came into the log. Ratis knows no other way to say
/// that; over the network it keeps the class and the message, which is the answer.
final class RefusedWriteException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Ratis calls it, too.
    ///
    /// @param answer as encoded, in Base64
    public RefusedWriteException(String answer) {
        super(answer);
    }

    static RefusedWriteException of(GroupAnswer answer) {
        return new RefusedWriteException(
                Base64.getEncoder().encodeToString(GroupCodec.encode(answer).toByteArray()));
    }

    /// Returns the answer that a failure carries, if it does.
    static Optional<GroupAnswer> answerIn(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof RefusedWriteException refused) {
                return Optional.of(
                        GroupCodec.decodeAnswer(
                                ByteString.copyFrom(
                                        Base64.getDecoder().decode(refused.getMessage()))));
            }
        }
        return Optional.empty();
    }

    /// Where it comes from is always the same.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
