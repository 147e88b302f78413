package io.staddle.api.codec;

import io.staddle.api.v1.BackupHeader;
import io.staddle.api.v1.BackupPart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/// How a backup is written to a file.
///
/// ```
/// staddle-backup 1\n      17 bytes that say what it is
/// length of the header    4 bytes, big-endian
/// header                  a BackupHeader
/// the parts               one after the other, as long as the header says
/// SHA-256                 32 bytes: of all bytes before
/// ```
public final class BackupFormat {
    /// How many bytes of checksum a file ends with.
    public static final int CHECKSUM_BYTES = 32;

    /// What a file begins with.
    static final byte[] MAGIC = "staddle-backup 1\n".getBytes(StandardCharsets.US_ASCII);

    /// A header names some files; more than that is damage.
    static final int HEADER_BYTES_MAX = 16 << 20;

    private static final Pattern NAME = Pattern.compile("([a-z0-9-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*");

    private BackupFormat() {}

    /// Returns what comes before the parts.
    public static byte[] opening(BackupHeader header) {
        byte[] encoded = header.toByteArray();
        return ByteBuffer.allocate(MAGIC.length + Integer.BYTES + encoded.length)
                .put(MAGIC)
                .putInt(encoded.length)
                .put(encoded)
                .array();
    }

    /// Returns how long the whole file is.
    public static long fileBytes(BackupHeader header) {
        return opening(header).length + partBytes(header) + CHECKSUM_BYTES;
    }

    /// Returns a sum over all bytes, to begin with.
    public static MessageDigest checksum() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // each JDK has it
        }
    }

    /// Tells whether a part may have this name: below the directory where it is unpacked.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("..");
    }

    static long partBytes(BackupHeader header) {
        return header.getPartsList().stream().mapToLong(BackupPart::getBytes).sum();
    }
}
