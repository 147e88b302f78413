import java.util.List;
import java.util.Optional;

/// What a package can run on: Linux with glibc, by what it calls the processor.
///
/// @param name as `uname -m` says it
/// @param oci as container images say it
/// @param netty how jars of Netty's native code end
/// @param rocksdb RocksDB's native library
/// @param loader the dynamic loader
record Platform(String name, String oci, String netty, String rocksdb, String loader) {
    static final Platform X86_64 =
            new Platform(
                    "x86_64",
                    "amd64",
                    "linux-x86_64",
                    "librocksdbjni-linux64.so",
                    "/lib64/ld-linux-x86-64.so.2");
    static final Platform AARCH64 =
            new Platform(
                    "aarch64",
                    "arm64",
                    "linux-aarch_64",
                    "librocksdbjni-linux-aarch64.so",
                    "/lib/ld-linux-aarch64.so.1");

    /// Returns that of this machine, for which alone a runtime can be linked; none if it is not
    /// Linux.
    static Optional<Platform> here() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        return switch (System.getProperty("os.arch")) {
            case "amd64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }

    /// Returns where Debian, then others, keep shared libraries.
    List<String> libraryFolders() {
        return List.of("/usr/lib/" + name + "-linux-gnu", "/usr/lib64", "/usr/lib");
    }
}
