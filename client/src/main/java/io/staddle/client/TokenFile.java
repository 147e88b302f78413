package io.staddle.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A token in a file, which is read again when it has changed. What cannot be read is not taken.
final class TokenFile implements Supplier<String> {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private volatile String token;
    private volatile long lookedNanos = System.nanoTime();

    private TokenFile(Path file, String token) {
        this.file = file;
        this.token = token;
    }

    /// Reads it.
    ///
    /// @throws IllegalArgumentException if it cannot be read, or there is nothing in it
    static TokenFile open(Path file) {
        try {
            return new TokenFile(file, read(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("a token was expected in " + file + ": " + e, e);
        }
    }

    @Override
    public String get() {
        long now = System.nanoTime();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            try {
                token = read(file);
            } catch (IOException keepsTheOld) {
                // It is being replaced, or it is gone: the servers say whether the old one is good.
            }
        }
        return token;
    }

    private static String read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (text.isEmpty()) {
            throw new IOException("it is empty");
        }
        return text;
    }
}
