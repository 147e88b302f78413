package io.staddle.storage;

/// Shows exactly one commit, over all tables, until it is closed; for any number of threads.
///
/// Later commits do not change it. It keeps the disk space of what has been overwritten since, so
/// it should live for seconds, not hours. Reading a closed view is an [IllegalStateException].
public interface View extends Reads, AutoCloseable {
    /// Returns the position that the commit stands for.
    LogPosition applied();

    /// Returns the digest of this state.
    Digest digest();

    /// Releases the commit; a second call does nothing.
    @Override
    void close();
}
