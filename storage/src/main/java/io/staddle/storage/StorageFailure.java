package io.staddle.storage;

/// Says that reading or writing the disk failed, or, as a [StoreClosedException], that the store is
/// closed.
///
/// Whether the last commit survives a restart is then unknown. The process must stop and start
/// again from the last flush: trying again on the same store is never right (a failed `fsync` must
/// not be repeated).
public sealed class StorageFailure extends StorageException permits StoreClosedException {
    private static final long serialVersionUID = 1L;

    /// Creates the failure with what was being done.
    public StorageFailure(String message) {
        super(message);
    }

    /// Creates the failure with what was being done and what went wrong.
    public StorageFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
