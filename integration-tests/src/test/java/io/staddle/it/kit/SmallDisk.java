package io.staddle.it.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A disk in memory that can be filled.
public final class SmallDisk implements AutoCloseable {
    /// No disk.
    public static final SmallDisk NONE = new SmallDisk(Path.of(""), false);

    private static final int CHUNK = 64 << 10;

    private final Path path;
    private final boolean mounted;

    private SmallDisk(Path path, boolean mounted) {
        this.path = path;
        this.mounted = mounted;
    }

    /// Mounts one, if this user may.
    public static SmallDisk mount(int megabytes) {
        try {
            Path path = Files.createTempDirectory("staddle-disk-");
            boolean mounted =
                    Signals.run(
                            "mount",
                            "-t",
                            "tmpfs",
                            "-o",
                            "size=" + megabytes + "m",
                            "tmpfs",
                            path.toString());
            SmallDisk disk = new SmallDisk(path, mounted);
            Runtime.getRuntime().addShutdownHook(new Thread(disk::close));
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Tells whether it is there.
    public boolean isMounted() {
        return mounted;
    }

    /// Returns where it is.
    public Path path() {
        return path;
    }

    /// Leaves no room.
    public void fill() throws IOException {
        fill(0);
    }

    /// Leaves so many bytes of room.
    public void fill(long left) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] zeros = new byte[CHUNK];
            while (path.toFile().getUsableSpace() > left) {
                out.write(zeros);
            }
        } catch (IOException full) {
            if (path.toFile().getUsableSpace() > CHUNK) {
                throw full;
            }
        }
    }

    /// Gives the room back.
    public void free() throws IOException {
        Files.delete(filler());
    }

    /// Unmounts it. A second time it does nothing.
    @Override
    public void close() {
        if (mounted && Files.exists(path)) {
            // Lazily: a server that is being killed may still hold a file.
            boolean unmounted = Signals.run("umount", "-l", path.toString());
            boolean deleted = unmounted && path.toFile().delete();
            if (!deleted) {
                System.err.println("left behind: " + path);
            }
        }
    }

    private Path filler() {
        return path.resolve("filler");
    }
}
