package io.staddle.client;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.SaveBackupAnswer;
import io.staddle.api.v1.SaveBackupRequest;
import io.staddle.api.v1.ServersGrpc;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Map;

/// Fetches a backup from one server, piece by piece.
final class BackupDownload {
    private BackupDownload() {}

    /// Writes it to `to` and returns its length.
    static long run(Peer peer, OutputStream to, BackupProgress progress) throws IOException {
        // Ends the call however it is left: the server keeps files for it meanwhile.
        try (Context.CancellableContext call = Context.current().withCancellation()) {
            Context outer = call.attach();
            try {
                return copy(peer, to, progress);
            } catch (StatusRuntimeException e) {
                throw failed(peer, e);
            } finally {
                call.detach(outer);
            }
        }
    }

    private static long copy(Peer peer, OutputStream to, BackupProgress progress)
            throws IOException {
        Iterator<SaveBackupAnswer> answers =
                peer.answers(
                        ServersGrpc.getSaveBackupMethod(), SaveBackupRequest.getDefaultInstance());
        long bytes = 0;
        long fileBytes = 0;
        while (answers.hasNext()) {
            SaveBackupAnswer answer = answers.next();
            fileBytes = Math.max(fileBytes, answer.getFileBytes());
            answer.getPiece().writeTo(to);
            bytes += answer.getPiece().size();
            progress.at(bytes, fileBytes);
        }
        if (bytes != fileBytes) {
            throw new StaddleProtocolException(
                    "a backup of %d bytes was announced, and %d came".formatted(fileBytes, bytes));
        }
        return bytes;
    }

    private static StaddleException failed(Peer peer, StatusRuntimeException e) {
        Metadata trailers = e.getTrailers() == null ? new Metadata() : e.getTrailers();
        Status status = e.getStatus();
        Failure failure = Failure.of(status, trailers, true, true);
        return switch (failure.kind()) {
            case OVERLOADED -> new StaddleOverloadedException(failure.words());
            case FORBIDDEN, MALFORMED, SENSELESS -> failure.exception();
            case NOT_HERE, UNSENT, LOST ->
                    new StaddleUnavailableException(Map.of(peer.endpoint, failure.words()));
        };
    }
}
