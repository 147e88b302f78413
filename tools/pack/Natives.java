import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Which native libraries a package has. RocksDB's jar brings those of fifteen platforms, half of
/// the size of everything; Netty has a jar for each.
final class Natives {
    private static final Pattern OF_A_PLATFORM =
            Pattern.compile(".*-((linux|osx|windows)-(x86_64|aarch_64))\\.jar");
    private static final Pattern LIBRARY = Pattern.compile("librocksdbjni.*\\.(so|jnilib|dll)");

    private final Set<String> netty;
    private final Set<String> rocksdb;

    private Natives(List<Platform> platforms) {
        this.netty = platforms.stream().map(Platform::netty).collect(Collectors.toSet());
        this.rocksdb = platforms.stream().map(Platform::rocksdb).collect(Collectors.toSet());
    }

    /// Those of all platforms of [Platform].
    static Natives ofLinux() {
        return new Natives(List.of(Platform.X86_64, Platform.AARCH64));
    }

    /// Those of one platform.
    static Natives of(Platform platform) {
        return new Natives(List.of(platform));
    }

    /// Tells whether a package has this jar.
    boolean wants(Path jar) {
        var matcher = OF_A_PLATFORM.matcher(jar.getFileName().toString());
        return !matcher.matches() || netty.contains(matcher.group(1));
    }

    /// Tells whether a jar has to be copied without some of its entries.
    static boolean isMixed(Path jar) {
        return jar.getFileName().toString().startsWith("rocksdbjni-");
    }

    /// Copies a jar without the libraries of other platforms. Order and times of what stays are
    /// those of before.
    void trim(Path jar, Path to) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            List<? extends ZipEntry> stay =
                    from.stream().filter(each -> stays(each.getName())).toList();
            requireAll(stay, jar);
            for (ZipEntry each : stay) {
                ZipEntry copy = new ZipEntry(each.getName());
                copy.setTimeLocal(each.getTimeLocal());
                out.putNextEntry(copy);
                try (InputStream in = from.getInputStream(each)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }

    private boolean stays(String entry) {
        return !LIBRARY.matcher(entry).matches() || rocksdb.contains(entry);
    }

    private void requireAll(List<? extends ZipEntry> entries, Path jar) {
        Set<String> names = entries.stream().map(ZipEntry::getName).collect(Collectors.toSet());
        List<String> missing =
                rocksdb.stream()
                        .filter(library -> !names.contains(library))
                        .sorted(Comparator.naturalOrder())
                        .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    jar + " was expected to have " + missing + ": were they given other names?");
        }
    }
}
