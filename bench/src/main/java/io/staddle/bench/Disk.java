package io.staddle.bench;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How long the disk takes to make a small write last. Each write waits for it on two servers at
/// least, so figures of days on which it differs cannot be compared.
final class Disk {
    private static final int FILE_BYTES = 4 << 20;
    private static final int WRITE_BYTES = 256;
    private static final int WARM_UP = 100;
    private static final int WRITES = 500;

    private Disk() {}

    /// Returns a line about a file under `dir` that has its size already, like a part of a log.
    static String flushes(Path dir) {
        try {
            Path file = Files.createTempFile(Files.createDirectories(dir), "disk", ".probe");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                Histogram nanos = measured(channel);
                return "fdatasync of %d bytes: p50 %,d µs, p99 %,d µs"
                        .formatted(
                                WRITE_BYTES,
                                nanos.getValueAtPercentile(50) / 1_000,
                                nanos.getValueAtPercentile(99) / 1_000);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Histogram measured(FileChannel channel) throws IOException {
        channel.write(ByteBuffer.allocate(FILE_BYTES), 0);
        channel.force(true);
        Histogram nanos = new Histogram(3);
        for (int i = 0; i < WARM_UP + WRITES; i++) {
            channel.write(ByteBuffer.allocate(WRITE_BYTES), (long) i * WRITE_BYTES);
            long start = System.nanoTime();
            channel.force(false);
            if (i >= WARM_UP) {
                nanos.recordValue(System.nanoTime() - start);
            }
        }
        return nanos;
    }
}
