package io.staddle.storage;

import java.io.IOException;
import java.nio.file.Path;

/// The directory of an open store and its mark, which advances with flushes from any thread.
final class Home {
    private final Path dir;
    private Marker marker;

    Home(Path dir, Marker marker) {
        this.dir = dir;
        this.marker = marker;
    }

    /// Returns the mark as it is now.
    synchronized Marker marker() {
        return marker;
    }

    /// Notes that the database holds `position` durably.
    synchronized void durable(LogPosition position) throws IOException {
        if (position.compareTo(marker.durable()) > 0) {
            marker = marker.durableTo(position);
            marker.write(dir);
        }
    }
}
