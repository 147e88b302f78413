package io.staddle.storage;

import java.nio.file.Path;

/// Keeps tables, the position in the log that they stand for, and a digest of them.
///
/// One thread writes: it alone calls [#begin] and [#commit]. All else may be called from any thread
/// at any time. After [#close] every call throws [StorageFailure].
public interface Store extends AutoCloseable {
    /// Starts a batch on the last commit; a batch begun before and not committed is dropped.
    Batch begin();

    /// Makes the writes of `batch` and `position` the state, all or nothing.
    ///
    /// Durable only with the next [#flush] or [#checkpoint]; after a crash the store is as it was
    /// at some commit from the last of these on, and [#applied] says at which.
    ///
    /// @param position must be after [#applied]
    /// @throws StorageFailure if it cannot be written; the process must stop
    void commit(Batch batch, LogPosition position);

    /// Returns the position of the last commit; [LogPosition#NONE] before the first.
    LogPosition applied();

    /// Returns the digest of the last commit. For the writer, who knows which commit that is.
    Digest digest();

    /// Returns the last commit; the caller must close it. Takes no lock and reads nothing.
    View view();

    /// Writes a complete store with exactly one commit to `target`, and returns its position.
    ///
    /// The commit is the last one or one made meanwhile: the writer is not held up for longer than
    /// the store's own flush does. A crash leaves no `target` or a whole one.
    ///
    /// @param target must not exist; its parent must
    /// @throws StoreRefusedException if there is something at `target`
    LogPosition checkpoint(Path target);

    /// Reads all rows of the last commit and returns their digest, in time proportional to the
    /// data.
    ///
    /// @throws CorruptDataException if it is not the digest kept since the rows were written
    Digest verify();

    /// Makes all commits so far durable.
    void flush();

    /// Flushes, frees everything, and makes views and cursors that are still open fail.
    ///
    /// Waits for single reads that are under way, not for views. A second call does nothing.
    @Override
    void close();
}
