package io.staddle.client;

/// Hears what a [Watch] brings, one after the other, on the watch's own thread. It may block: what
/// it is not ready for stays with the servers.
@FunctionalInterface
public interface WatchListener {
    /// Something came. After [Watched.Trimmed] nothing does.
    void on(Watched news);
}
