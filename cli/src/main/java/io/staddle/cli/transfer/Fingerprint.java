package io.staddle.cli.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Tells whether a file is the one that an import was interrupted in.
///
/// It looks at the size and at both ends, not at everything: a file that was changed in the
/// middle only, at equal size, passes for the same.
final class Fingerprint {
    private static final int END_BYTES = 64 * 1024;

    private Fingerprint() {}

    /// Returns it.
    ///
    /// @param options what else the outcome of the import depends on
    static String of(Path file, String options) throws IOException {
        MessageDigest digest = sha256();
        digest.update(options.getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            digest.update(part(channel, 0));
            digest.update(part(channel, Math.max(0, size - END_BYTES)));
            return size + "-" + HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
    }

    private static byte[] part(FileChannel channel, long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(END_BYTES);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) > 0) {}
        byte[] read = new byte[bytes.position()];
        bytes.flip().get(read);
        return read;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            // Every JDK has it.
            throw new IllegalStateException(e);
        }
    }
}
