import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The first layer of the image: what a JVM, RocksDB, Netty and `bin/staddle` need of a system,
/// copied from the machine that builds. That is glibc, the libraries of GCC, a shell, and a few
/// files in `/etc`; neither a package manager nor any other program.
final class BaseSystem {
    /// All that native code in the runtime and the jars names as needed, and what glibc before
    /// 2.34 loads to find names of hosts.
    private static final List<String> LIBRARIES =
            List.of(
                    "libc.so.6",
                    "libdl.so.2",
                    "libgcc_s.so.1",
                    "libm.so.6",
                    "libnss_dns.so.2",
                    "libnss_files.so.2",
                    "libpthread.so.0",
                    "libresolv.so.2",
                    "librt.so.1",
                    "libstdc++.so.6");

    /// A shell that needs no other library.
    private static final Path SHELL = Path.of("/usr/bin/dash");

    /// Whose files these are, in Debian: their licences come along.
    private static final List<String> PACKAGES =
            List.of("dash", "libc6", "libgcc-s1", "libstdc++6");

    private final Platform platform;

    BaseSystem(Platform platform) {
        this.platform = platform;
    }

    void fill(Tar tar) throws IOException {
        TreeMap<String, Path> files = files();
        for (String folder : folders(files)) {
            tar.addFolder(folder, 0755, 0);
        }
        for (String old : List.of("bin", "lib", "lib64")) {
            tar.addLink(old, "usr/" + old);
        }
        tar.addLink("usr/bin/sh", "dash");
        for (var each : files.entrySet()) {
            tar.add(each.getKey(), each.getValue());
        }
        tar.addText(
                "etc/passwd",
                "root:x:0:0:root:/:/bin/sh\nstaddle:x:%1$d:%1$d:Staddle:/tmp:/bin/sh\n"
                        .formatted(Image.USER));
        tar.addText("etc/group", "root:x:0:\nstaddle:x:%d:\n".formatted(Image.USER));
        tar.addText("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n");
    }

    /// Returns what is copied, by its name in the image.
    private TreeMap<String, Path> files() throws IOException {
        TreeMap<String, Path> files = new TreeMap<>();
        Path loader = Path.of(platform.loader());
        files.put("usr" + platform.loader(), loader.toRealPath());
        files.put(below(SHELL), required(SHELL));
        for (String name : LIBRARIES) {
            Path library = library(name);
            files.put(below(library), library.toRealPath());
        }
        for (String each : PACKAGES) {
            Path copyright = Path.of("/usr/share/doc", each, "copyright");
            if (Files.exists(copyright)) {
                files.put(below(copyright), copyright.toRealPath());
            }
        }
        return files;
    }

    private static TreeSet<String> folders(TreeMap<String, Path> files) {
        TreeSet<String> folders = new TreeSet<>(List.of("etc", "usr/lib", "usr/lib64"));
        for (String file : files.keySet()) {
            for (int at = file.indexOf('/'); at > 0; at = file.indexOf('/', at + 1)) {
                folders.add(file.substring(0, at));
            }
        }
        return folders;
    }

    private Path library(String name) {
        Optional<Path> found =
                platform.libraryFolders().stream()
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::exists)
                        .findFirst();
        return found.orElseThrow(() -> missing(name));
    }

    private static Path required(Path file) {
        if (!Files.exists(file)) {
            throw missing(file.toString());
        }
        return file;
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException(
                "the image needs "
                        + what
                        + " of this machine, which has none: install it, or give a root file system"
                        + " with -Dstaddle.image.rootfs=FILE.tar");
    }

    private static String below(Path file) {
        return file.toString().substring(1);
    }
}
