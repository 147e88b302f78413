package io.staddle.storage;

/// Says that a directory is not the store that was asked for; nothing in it has been changed.
///
/// The message holds what was expected, what was found, and what an operator can do.
public final class StoreRefusedException extends StorageException {
    private static final long serialVersionUID = 1L;

    /// Why a directory is refused.
    public enum Reason {
        /// There is no such directory, or it is empty.
        MISSING,
        /// The directory for a new store or checkpoint holds something already.
        NOT_EMPTY,
        /// There are files but no `STORE`: half created, half copied, or not ours at all.
        UNMARKED,
        /// The store belongs to another owner.
        FOREIGN,
        /// The store was written by a program with another format.
        OTHER_FORMAT,
        /// The store holds tables that this program does not know, or knows as another kind.
        OTHER_SCHEMA,
        /// Another process, or this one, has the store open.
        IN_USE
    }

    private final Reason reason;

    StoreRefusedException(Reason reason, String expected, String found, String remedy) {
        super("expected " + expected + ", found " + found + "; " + remedy);
        this.reason = reason;
    }

    /// Tells the cases apart for programs; people read the message.
    public Reason reason() {
        return reason;
    }
}
