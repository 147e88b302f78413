package io.staddle.server.tls;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// What is read from files, and read again when they change. What cannot be used is not taken: what
/// was read before stays.
///
/// @param <T> immutable
final class Watched<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    private final List<PemFile> files;
    private final Supplier<T> read;
    private final LongAdder failures;
    private volatile T value;

    // Guarded by this.
    private List<String> stamps;

    /// Reads them for the first time.
    ///
    /// @param failures counts what was not taken
    /// @throws TlsFileException if they cannot be used
    Watched(List<PemFile> files, LongAdder failures, Supplier<T> read) {
        this.files = List.copyOf(files);
        this.read = read;
        this.failures = failures;
        // First: a change while they are read is one that is found later.
        this.stamps = stampsNow();
        this.value = read.get();
    }

    T get() {
        return value;
    }

    /// Reads the files again if they have changed.
    synchronized void look() {
        List<String> now = stampsNow();
        if (now.equals(stamps)) {
            return;
        }
        stamps = now;
        try {
            value = read.get();
            LOG.info("took {}, which has changed", paths());
        } catch (TlsFileException e) {
            failures.increment();
            LOG.warn(
                    "goes on with what it has, the changed files cannot be used: {}",
                    e.getMessage());
        }
    }

    private List<String> stampsNow() {
        return files.stream().map(PemFile::stamp).toList();
    }

    private String paths() {
        return String.join(", ", files.stream().map(each -> each.path().toString()).toList());
    }
}
