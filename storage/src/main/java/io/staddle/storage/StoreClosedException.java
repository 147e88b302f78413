package io.staddle.storage;

/// Says that the store, or the view or cursor that is read, is closed: nothing is wrong with the
/// disk, but whoever reads is late.
public final class StoreClosedException extends StorageFailure {
    private static final long serialVersionUID = 1L;

    StoreClosedException() {
        super("the store, or the view or cursor that is read, is closed");
    }
}
