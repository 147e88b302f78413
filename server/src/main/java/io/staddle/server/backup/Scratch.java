package io.staddle.server.backup;

import org.apache.ratis.util.FileUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory for one piece of work, which goes with it. On the disk of the data, so that a
/// checkpoint in it costs links and no copies.
final class Scratch implements AutoCloseable {
    private final Path root;

    private Scratch(Path root) {
        this.root = root;
    }

    /// Makes an empty directory; what a work that was cut off left there goes.
    static Scratch at(Path root) {
        try {
            FileUtils.deleteFully(root);
            Files.createDirectories(root);
            return new Scratch(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory " + root, e);
        }
    }

    Path resolve(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() {
        try {
            FileUtils.deleteFully(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the directory " + root, e);
        }
    }
}
