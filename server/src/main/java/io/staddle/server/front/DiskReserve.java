package io.staddle.server.front;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Keeps some of the disk for what has to go on when it is nearly full: a server whose disk is full
/// ends. While less than the reserve is free the leader takes in no [Lane#ORDINARY] commands. That
/// begins and ends by itself.
public final class DiskReserve {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);

    private final long bytes;
    private final LongSupplier freeBytes;
    private volatile boolean low;

    /// @param bytes how much to keep; 0 for nothing
    /// @param freeBytes how much is free; [Long#MAX_VALUE] if that is not known
    DiskReserve(long bytes, LongSupplier freeBytes) {
        this.bytes = bytes;
        this.freeBytes = freeBytes;
    }

    /// Keeps nothing.
    public static DiskReserve none() {
        return new DiskReserve(0, () -> Long.MAX_VALUE);
    }

    /// Keeps so many bytes of the disk that a directory is on.
    public static DiskReserve on(Path directory, long bytes) {
        return new DiskReserve(bytes, freeOf(directory));
    }

    /// Looks at the disk; to be called every second or so, by one thread.
    public void look() {
        long free = freeBytes.getAsLong();
        // So that it is not on and off again with each file that comes and goes.
        long enough = low ? bytes + bytes / 4 : bytes;
        boolean isLow = free < enough;
        if (isLow != low) {
            low = isLow;
            if (isLow) {
                LOG.warn("only {} bytes of the disk are free: see limits.disk-reserve-bytes", free);
            } else {
                LOG.info("{} bytes of the disk are free again: all commands are taken in", free);
            }
        }
    }

    /// Tells whether only what is vital is taken in.
    public boolean isLow() {
        return low;
    }

    /// Returns what to say to whoever is turned away.
    UnansweredException refusal() {
        return Failures.overloaded(
                "the disk of this server is nearly full: less than limits.disk-reserve-bytes, "
                        + bytes
                        + ", is free. Failovers, releases and what frees space go through; free"
                        + " space, or give it more: docs/operations.md");
    }

    /// Which disk it is on is looked up once: that reads the table of all mounts.
    private static LongSupplier freeOf(Path directory) {
        try {
            FileStore disk = Files.getFileStore(directory);
            return () -> free(disk);
        } catch (IOException unknown) {
            return () -> Long.MAX_VALUE;
        }
    }

    private static long free(FileStore disk) {
        try {
            return disk.getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }
}
