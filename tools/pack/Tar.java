import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Writes a POSIX `ustar` archive of which nothing depends on when and where it is made: names are
/// sorted, everything belongs to root and has one time, and may be run by all or by nobody.
final class Tar implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME_MAX = 100;
    private static final int PREFIX_MAX = 155;
    private static final long SIZE_MAX = 0_77777777777L;

    private final OutputStream out;
    private final Instant time;

    Tar(OutputStream out, Instant time) {
        this.out = out;
        this.time = time;
    }

    /// Makes a `.tar.gz`.
    static Tar compressed(Path file, Instant time) throws IOException {
        return new Tar(
                new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file))), time);
    }

    /// Adds what is in a directory of the disk, and the directory itself, below `name`.
    ///
    /// @param wanted which files, by their names below `root`
    void addTree(Path root, String name, Predicate<String> wanted) throws IOException {
        addFolder(name, 0755, 0);
        for (Path file : sorted(root)) {
            String below = root.relativize(file).toString();
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                if (hasWanted(root, file, wanted)) {
                    addFolder(name + "/" + below, 0755, 0);
                }
            } else if (wanted.test(below)) {
                add(name + "/" + below, file);
            }
        }
    }

    /// Adds a file or a symbolic link of the disk.
    void add(String name, Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            addLink(name, Files.readSymbolicLink(file).toString());
            return;
        }
        int mode = Files.isExecutable(file) && !name.endsWith(".jar") ? 0755 : 0644;
        header(new Header(name, mode, 0, Files.size(file), '0', ""));
        Files.copy(file, out);
        pad(Files.size(file));
    }

    /// Adds a small file.
    void addText(String name, String content) throws IOException {
        addBytes(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds a file.
    void addBytes(String name, byte[] content) throws IOException {
        header(new Header(name, 0644, 0, content.length, '0', ""));
        out.write(content);
        pad(content.length);
    }

    /// Adds a directory.
    ///
    /// @param owner number of its user and group
    void addFolder(String name, int mode, int owner) throws IOException {
        header(new Header(name + "/", mode, owner, 0, '5', ""));
    }

    /// Adds a symbolic link.
    void addLink(String name, String target) throws IOException {
        header(new Header(name, 0777, 0, 0, '2', target));
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }

    private static List<Path> sorted(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> !file.equals(root))
                    .sorted((one, other) -> one.toString().compareTo(other.toString()))
                    .toList();
        }
    }

    private static boolean hasWanted(Path root, Path folder, Predicate<String> wanted)
            throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .anyMatch(file -> wanted.test(root.relativize(file).toString()));
        }
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }

    private void header(Header header) throws IOException {
        out.write(header.bytes(time));
    }

    /// What stands before each file.
    private record Header(String path, int mode, int owner, long size, char type, String link) {
        byte[] bytes(Instant time) {
            int cut = cut();
            byte[] block = new byte[BLOCK];
            text(block, 0, NAME_MAX, cut == 0 ? path : path.substring(cut + 1));
            octal(block, 100, 8, mode);
            octal(block, 108, 8, owner);
            octal(block, 116, 8, owner);
            octal(block, 124, 12, size);
            octal(block, 136, 12, time.getEpochSecond());
            block[156] = (byte) type;
            text(block, 157, NAME_MAX, link);
            text(block, 257, 6, "ustar");
            text(block, 263, 2, "00");
            text(block, 345, PREFIX_MAX, path.substring(0, cut));
            sum(block);
            return block;
        }

        /// Returns where the path is split if it is too long for a name.
        private int cut() {
            if (size > SIZE_MAX) {
                throw new IllegalArgumentException(path + " is too large for a ustar archive");
            }
            if (path.length() <= NAME_MAX) {
                return 0;
            }
            int cut = path.indexOf('/', path.length() - NAME_MAX - 1);
            if (cut < 1 || cut > PREFIX_MAX) {
                throw new IllegalArgumentException(path + " is too long for a ustar archive");
            }
            return cut;
        }

        private static void text(byte[] block, int at, int length, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > length) {
                throw new IllegalArgumentException(text + " is longer than " + length + " bytes");
            }
            System.arraycopy(bytes, 0, block, at, bytes.length);
        }

        private static void octal(byte[] block, int at, int length, long number) {
            String digits = Long.toOctalString(number);
            text(block, at, length - 1, "0".repeat(length - 1 - digits.length()) + digits);
        }

        private static void sum(byte[] block) {
            Arrays.fill(block, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte each : block) {
                sum += each & 0xff;
            }
            octal(block, 148, 7, sum);
            block[154] = 0;
        }
    }
}
