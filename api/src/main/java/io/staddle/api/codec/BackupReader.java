package io.staddle.api.codec;

import com.google.protobuf.InvalidProtocolBufferException;

import io.staddle.api.v1.BackupHeader;
import io.staddle.api.v1.BackupPart;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/// Reads a backup from a file, once, from the first byte to the last.
///
/// Nothing that it hands out is to be believed before [#readParts] has returned: the checksum is at
/// the end.
public final class BackupReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Path file;
    private final MessageDigest sum;
    private final DataInputStream in;
    private final BackupHeader header;

    /// Where parts go.
    public interface Parts {
        /// Returns where to write a part; it is closed when all of it is written.
        OutputStream open(String name) throws IOException;
    }

    /// How far reading has got.
    public interface Progress {
        /// So many bytes of the parts were read.
        void at(long bytes);
    }

    private BackupReader(Path file, MessageDigest sum, DataInputStream in) throws IOException {
        this.file = file;
        this.sum = sum;
        this.in = in;
        this.header = readHeader();
    }

    /// Opens a file that must be a backup.
    ///
    /// @throws BackupDamagedException if it is none, or its end or more is missing
    public static BackupReader open(Path file) throws IOException {
        MessageDigest sum = BackupFormat.checksum();
        DataInputStream in =
                new DataInputStream(
                        new DigestInputStream(
                                new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES),
                                sum));
        try {
            return new BackupReader(file, sum, in);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /// Reads a file to its end and returns its header, if every byte is as it was written.
    ///
    /// @throws BackupDamagedException if it is not
    public static BackupHeader verify(Path file, Progress progress) throws IOException {
        try (BackupReader reader = open(file)) {
            reader.readParts(name -> OutputStream.nullOutputStream(), progress);
            return reader.header();
        }
    }

    /// Returns what the file says of itself.
    public BackupHeader header() {
        return header;
    }

    /// Copies all parts, and checks that all bytes are as they were written.
    ///
    /// @throws BackupDamagedException if they are not: then what was copied is worth nothing
    public void readParts(Parts parts, Progress progress) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long read = 0;
        for (BackupPart part : header.getPartsList()) {
            try (OutputStream to = parts.open(part.getName())) {
                long left = part.getBytes();
                while (left > 0) {
                    int length = (int) Math.min(left, buffer.length);
                    readFully(buffer, length);
                    to.write(buffer, 0, length);
                    left -= length;
                    read += length;
                    progress.at(read);
                }
            }
        }
        requireChecksum();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private BackupHeader readHeader() throws IOException {
        byte[] magic = new byte[BackupFormat.MAGIC.length];
        int found = in.readNBytes(magic, 0, magic.length);
        if (found < magic.length || !Arrays.equals(magic, BackupFormat.MAGIC)) {
            throw damaged("a file that begins with 'staddle-backup 1'", "another one");
        }
        byte[] lengthBytes = new byte[Integer.BYTES];
        readFully(lengthBytes, lengthBytes.length);
        int length = java.nio.ByteBuffer.wrap(lengthBytes).getInt();
        if (length < 0 || length > BackupFormat.HEADER_BYTES_MAX) {
            throw damaged(
                    "a header of at most " + BackupFormat.HEADER_BYTES_MAX + " bytes",
                    "one of " + Integer.toUnsignedString(length));
        }
        byte[] encoded = new byte[length];
        readFully(encoded, length);
        return checked(parse(encoded), length);
    }

    private BackupHeader parse(byte[] encoded) throws BackupDamagedException {
        try {
            return BackupHeader.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw damaged("a header", "bytes that are none");
        }
    }

    private BackupHeader checked(BackupHeader read, int length) throws IOException {
        boolean isSound =
                read.getPartsCount() > 0
                        && read.getPartsList().stream()
                                .allMatch(part ->
                                        part.getBytes() >= 0
                                                && BackupFormat.isName(part.getName()));
        if (!isSound) {
            throw damaged("a header that names its parts", "another one");
        }
        long expected =
                BackupFormat.MAGIC.length
                        + Integer.BYTES
                        + length
                        + BackupFormat.partBytes(read)
                        + BackupFormat.CHECKSUM_BYTES;
        long found = Files.size(file);
        if (found != expected) {
            throw damaged(
                    expected + " bytes",
                    found + (found < expected ? ": the end is missing" : ": something was added"));
        }
        return read;
    }

    private void requireChecksum() throws IOException {
        byte[] expected = sum.digest();
        byte[] found = new byte[BackupFormat.CHECKSUM_BYTES];
        readFully(found, found.length);
        if (!MessageDigest.isEqual(expected, found)) {
            throw damaged("the bytes that the checksum at the end fits", "others");
        }
    }

    private void readFully(byte[] to, int length) throws IOException {
        try {
            in.readFully(to, 0, length);
        } catch (EOFException e) {
            throw damaged("more bytes", "the end: it was cut off");
        }
    }

    private BackupDamagedException damaged(String expected, String found) {
        return new BackupDamagedException(
                "%s is no whole backup: expected %s, found %s".formatted(file, expected, found));
    }
}
