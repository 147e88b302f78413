package io.staddle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What to measure, and how long.
///
/// @param lib where the server's jars are: `lib/server` of a distribution
/// @param jvm options of the server's JVM, beside those of `bin/staddle`
/// @param basePort the first of six ports; moves use four more, ten further on
/// @param work where the servers' data go; deleted before and after, must be on a real disk
/// @param parts what to measure; see [Bench]
/// @param outstanding numbers of calls outstanding at the same time
/// @param grains how many grains there are before load begins
/// @param segments how many segments of each kind the median is taken of
/// @param seconds how long a segment is
/// @param warmUpSeconds how long each kind of call is made before anything counts: until the JVMs
///     have compiled what is hot, they use up to half of their CPU time for that
record Options(
        Path lib,
        List<String> jvm,
        int basePort,
        Path work,
        List<String> parts,
        List<Integer> outstanding,
        int grains,
        int segments,
        double seconds,
        double warmUpSeconds) {
    private static final String ALL =
            "load,import,failover,replay,beats,moves,watch,versions,audit,cache,barriers,backup,"
                    + "list,bulk,restart,faults,rolling";

    static final String USAGE =
            """
            usage: bench/run [OPTION=VALUE ...]
              parts=%s
                               what to measure
              ops=…            with parts=load: acquire, promote, lookup, stale, mixed
              outstanding=1,16,64,256,1024
              grains=1000000   grains in the directory before the load begins
              segments=5       segments of each kind; the table shows medians
              seconds=2        length of a segment
              warmup=30        seconds of each kind of call before anything counts
              lib=DIR          the server's jars; default deploy/target/staddle/lib/server
              jvm=OPTIONS      more options for the server's JVM
              work=DIR         data of the servers; default bench/target/work
              port=18400       the first of six ports on loopback; moves use four more, from 18410
            """
                    .formatted(ALL);

    /// Reads `NAME=VALUE` arguments.
    static Options parse(List<String> args) {
        for (String arg : args) {
            if (!arg.matches(
                    "(parts|ops|outstanding|grains|segments|seconds|warmup|lib|jvm|work|port)"
                            + "=.*")) {
                throw new IllegalArgumentException("unknown option " + arg + "\n" + USAGE);
            }
        }
        Path root = root();
        return new Options(
                Path.of(value(args, "lib", root + "/deploy/target/staddle/lib/server")),
                words(value(args, "jvm", ""), " "),
                Integer.parseInt(value(args, "port", "18400")),
                Path.of(value(args, "work", root.resolve("bench/target/work").toString())),
                parts(args),
                words(value(args, "outstanding", "1,16,64,256,1024"), ",").stream()
                        .map(Integer::valueOf)
                        .toList(),
                Integer.parseInt(value(args, "grains", "1000000")),
                Integer.parseInt(value(args, "segments", "5")),
                Double.parseDouble(value(args, "seconds", "2")),
                Double.parseDouble(value(args, "warmup", "30")));
    }

    /// The server's jars in the order of `bin/staddle`: the cache is made for that one.
    String classPath() {
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The option for the AOT cache beside the jars, if there is one.
    String aotCache() {
        Path cache = lib.resolveSibling("server.aot");
        return Files.isReadable(cache) ? "-XX:AOTCache=" + cache : "-XX:AOTMode=off";
    }

    boolean has(String part) {
        return parts.contains(part);
    }

    private static List<String> parts(List<String> args) {
        String all = value(args, "parts", ALL);
        String ops = value(args, "ops", "acquire,promote,lookup,stale,mixed");
        return words(all + "," + (all.contains("load") ? ops : ""), ",");
    }

    private static String value(List<String> args, String name, String otherwise) {
        Optional<String> found =
                args.stream().filter(arg -> arg.startsWith(name + "=")).reduce((_, last) -> last);
        return found.map(arg -> arg.substring(name.length() + 1)).orElse(otherwise);
    }

    private static List<String> words(String text, String separator) {
        return Arrays.stream(text.split(separator)).filter(word -> !word.isEmpty()).toList();
    }

    /// The root of the checkout: where `bench` is.
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("bench/src")) && here.getParent() != null) {
            here = here.getParent();
        }
        return here;
    }
}
