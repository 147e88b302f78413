package io.staddle.bench;

import java.util.List;

/// The options that `bin/staddle` gives the server's JVM: benchmarks measure what users run.
final class Jvm {
    static final List<String> SERVER =
            List.of(
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-Xmn64m",
                    "-XX:MetaspaceSize=128m",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dcom.linecorp.armeria.warnNettyVersions=false");

    private Jvm() {}
}
