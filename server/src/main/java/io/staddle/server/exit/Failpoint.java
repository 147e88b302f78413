package io.staddle.server.exit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Places where a test can make a server hang or fail, for tests and for nothing else: without
/// `-Dstaddle.test.failpoint=FILE` nothing happens there.
///
/// `FILE` holds a place and what is to happen, such as `apply hang`; what is in it may change
/// while the server runs.
public final class Failpoint {
    private static final Optional<Path> FILE =
            Optional.ofNullable(System.getProperty("staddle.test.failpoint")).map(Path::of);

    private static final int CHUNK_BYTES = 1 << 20;

    private Failpoint() {}

    /// Does what the test asked for at this place, if anything.
    public static void at(String place) {
        if (FILE.isPresent()) {
            asked(FILE.get(), place).ifPresent(Failpoint::act);
        }
    }

    private static Optional<String> asked(Path file, String place) {
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip())
                            .filter(text -> text.startsWith(place + " "))
                            .map(text -> text.substring(place.length() + 1))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void act(String what) {
        switch (what) {
            case "hang" -> hang();
            case "error" -> throw new InternalError("a test asked for an error");
            case "memory" -> exhaustMemory();
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void hang() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void exhaustMemory() {
        List<byte[]> held = new ArrayList<>();
        while (!held.contains(new byte[0])) {
            held.add(new byte[CHUNK_BYTES]);
        }
    }
}
