package io.staddle.client;

/// Is told how far a backup has got.
public interface BackupProgress {
    /// So many bytes of so many are written.
    void at(long bytes, long fileBytes);
}
