package io.staddle.api.codec;

import io.staddle.api.v1.BackupHeader;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a backup to a file that has its name only when all of it is on the disk and was read
/// again. Until then it is called `FILE.part`.
public final class BackupWriter {
    private static final int BUFFER_BYTES = 1 << 18;

    private BackupWriter() {}

    /// What to write.
    public interface Content {
        /// Writes all bytes of a backup.
        void writeTo(OutputStream to) throws IOException;
    }

    /// How to read again what was written, which throws if it is no whole backup.
    public interface Check {
        /// Reads all of a file, and returns what it says of itself.
        BackupHeader verify(Path written) throws IOException;
    }

    /// Writes a file, and returns what it says of itself. If it cannot, nothing is left.
    ///
    /// @param file its name; there must be none yet
    public static BackupHeader write(Path file, Content content, Check check) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            fill(part, content);
            BackupHeader header = check.verify(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            force(file.resolveSibling("."));
            return header;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    private static void fill(Path part, Content content) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                part,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE);
                OutputStream to =
                        new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
            content.writeTo(to);
            to.flush();
            channel.force(true);
        }
    }

    /// Makes a new name in a directory outlast a power failure.
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
