package io.staddle.server.backup;

import com.google.protobuf.ByteString;

import io.staddle.api.codec.BackupFormat;
import io.staddle.api.v1.BackupHeader;
import io.staddle.api.v1.BackupPart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A checkpoint as one file that is not written yet, piece by piece.
final class Archive {
    private static final int PIECE_BYTES = 1 << 18;

    /// What RocksDB says of a reading, and its lock: of no use to anybody else.
    private static final Pattern LEFT_OUT = Pattern.compile("LOG(\\.old\\..*)?|LOCK");

    private final Path checkpoint;
    private final BackupHeader header;

    /// Where the pieces go.
    interface Pieces {
        /// Takes the next piece; it may wait.
        void take(ByteString piece) throws IOException;
    }

    private Archive(Path checkpoint, BackupHeader header) {
        this.checkpoint = checkpoint;
        this.header = header;
    }

    /// Lists the files of a checkpoint that nobody writes to.
    static Archive of(Path checkpoint, BackupHeader withoutParts) throws IOException {
        BackupHeader.Builder header = withoutParts.toBuilder();
        for (Path file : files(checkpoint)) {
            String name = checkpoint.relativize(file).toString().replace('\\', '/');
            header.addParts(BackupPart.newBuilder().setName(name).setBytes(Files.size(file)));
        }
        return new Archive(checkpoint, header.build());
    }

    BackupHeader header() {
        return header;
    }

    long bytes() {
        return BackupFormat.fileBytes(header);
    }

    /// Writes it, from the first byte to the checksum.
    void writeTo(Pieces pieces) throws IOException {
        MessageDigest sum = BackupFormat.checksum();
        byte[] opening = BackupFormat.opening(header);
        sum.update(opening);
        pieces.take(ByteString.copyFrom(opening));
        byte[] buffer = new byte[PIECE_BYTES];
        for (BackupPart part : header.getPartsList()) {
            try (InputStream from = Files.newInputStream(checkpoint.resolve(part.getName()))) {
                long left = part.getBytes();
                while (left > 0) {
                    int read = from.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
                    if (read == 0) {
                        throw new IOException("%s became shorter".formatted(part.getName()));
                    }
                    sum.update(buffer, 0, read);
                    pieces.take(ByteString.copyFrom(buffer, 0, read));
                    left -= read;
                }
            }
        }
        pieces.take(ByteString.copyFrom(sum.digest()));
    }

    private static List<Path> files(Path checkpoint) throws IOException {
        try (Stream<Path> all = Files.walk(checkpoint)) {
            List<Path> files = new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
            files.removeIf(file -> LEFT_OUT.matcher(file.getFileName().toString()).matches());
            return files;
        }
    }
}
