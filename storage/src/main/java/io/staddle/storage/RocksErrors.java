package io.staddle.storage;

import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Says what an error of RocksDB means for the caller.
final class RocksErrors {
    private static final Set<Status.Code> DAMAGE =
            Set.of(Status.Code.Corruption, Status.Code.InvalidArgument, Status.Code.NotFound);

    private RocksErrors() {}

    static StorageException atOpen(Path dir, RocksDBException e) {
        String told = told(e);
        // Whoever calls this has seen a STORE file: what is missing or malformed is damage.
        if (DAMAGE.contains(code(e)) || told.contains("No such file")) {
            return damaged("the database in " + dir, e);
        }
        return told.contains("lock ")
                ? new StoreRefusedException(
                        StoreRefusedException.Reason.IN_USE,
                        "nobody else to have " + dir + " open",
                        told,
                        "stop the other process")
                : new StorageFailure("cannot open the database in " + dir + ": " + told, e);
    }

    static StorageException reading(String what, RocksDBException e) {
        return code(e) == Status.Code.Corruption
                ? damaged(what, e)
                : new StorageFailure("cannot read " + what + ": " + told(e), e);
    }

    static StorageFailure writing(String what, RocksDBException e) {
        return new StorageFailure("cannot write " + what + ": " + told(e), e);
    }

    private static CorruptDataException damaged(String what, RocksDBException e) {
        return new CorruptDataException(
                "expected "
                        + what
                        + " to be whole, found: "
                        + told(e)
                        + "; restore it from a checkpoint or from the other servers",
                e);
    }

    private static Status.Code code(RocksDBException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getCode)
                .orElse(Status.Code.Undefined);
    }

    private static String told(RocksDBException e) {
        return String.valueOf(e.getMessage());
    }
}
