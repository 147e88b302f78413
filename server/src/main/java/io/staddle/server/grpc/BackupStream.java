package io.staddle.server.grpc;

import com.google.protobuf.ByteString;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.SaveBackupAnswer;
import io.staddle.server.backup.Backups;
import io.staddle.storage.StorageException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One backup on its way to whoever asked for it, as fast as they take it.
final class BackupStream implements Backups.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(BackupStream.class);
    private static final long PATIENCE_SECONDS = 60;

    private final ServerCallStreamObserver<SaveBackupAnswer> call;
    private final Semaphore turns = new Semaphore(0);
    private boolean begun;

    private BackupStream(ServerCallStreamObserver<SaveBackupAnswer> call) {
        this.call = call;
    }

    static void open(StreamObserver<SaveBackupAnswer> observer, Backups backups) {
        var call = (ServerCallStreamObserver<SaveBackupAnswer>) observer;
        BackupStream stream = new BackupStream(call);
        call.setOnReadyHandler(stream.turns::release);
        call.setOnCancelHandler(stream.turns::release);
        // Not one of the threads for long calls: it waits for a disk far away.
        var _ = Thread.ofVirtual().name("backup").start(() -> stream.send(backups));
    }

    @Override
    public void take(ByteString piece, long fileBytes) throws IOException {
        awaitTurn();
        SaveBackupAnswer.Builder answer = SaveBackupAnswer.newBuilder().setPiece(piece);
        if (!begun) {
            begun = true;
            answer.setFileBytes(fileBytes);
        }
        call.onNext(answer.build());
    }

    private void send(Backups backups) {
        try {
            if (backups.save(this)) {
                call.onCompleted();
            } else {
                fail(
                        Status.RESOURCE_EXHAUSTED,
                        "this server is taking a backup already: ask another one, or later");
            }
        } catch (IOException | UncheckedIOException | StorageException e) {
            LOG.warn("a backup was not taken to its end", e);
            fail(Status.ABORTED, "the backup was not taken to its end: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a backup was not taken", e);
            fail(Status.INTERNAL, "the backup was not taken: " + e.getMessage());
        }
    }

    private void fail(Status status, String why) {
        if (!call.isCancelled()) {
            call.onError(status.withDescription(why).asRuntimeException());
        }
    }

    private void awaitTurn() throws IOException {
        try {
            while (!call.isReady() && !call.isCancelled()) {
                if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new IOException(
                            "nobody has taken any of it for " + PATIENCE_SECONDS + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("this server stops", e);
        }
        if (call.isCancelled()) {
            throw new IOException("whoever asked for it has gone");
        }
    }
}
