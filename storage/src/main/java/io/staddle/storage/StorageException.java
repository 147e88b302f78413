package io.staddle.storage;

/// Says that the store cannot keep what it promises; never the fault of a user's command.
///
/// The three kinds ask for different acts: [CorruptDataException] for a repair of the data,
/// [StorageFailure] for an end of the process, [StoreRefusedException] for a correction of the
/// set-up.
public abstract sealed class StorageException extends RuntimeException
        permits CorruptDataException, StorageFailure, StoreRefusedException {
    private static final long serialVersionUID = 1L;

    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
