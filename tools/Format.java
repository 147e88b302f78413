import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Formats all Java sources of the checkout, or says which are not formatted.
///
/// google-java-format parses with the javac it runs on, and Maven may run on a JDK that does not
/// know Java 25. So the build starts this file on its own JDK, in place of a formatter plugin.
///
///     java … tools/Format.java check|fix ROOT
final class Format {
    private static final Formatter FORMATTER =
            new Formatter(
                    JavaFormatterOptions.builder()
                            .style(JavaFormatterOptions.Style.AOSP)
                            .formatJavadoc(false)
                            .build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        boolean fix = args[0].equals("fix");
        Path root = Path.of(args[1]);
        List<String> found =
                sources(root).parallelStream()
                        .flatMap(file -> format(file, fix).stream())
                        .map(offence -> root.relativize(Path.of(offence)).toString())
                        .toList();
        found.forEach(
                offence -> System.err.println((fix ? "formatted " : "unformatted ") + offence));
        if (!fix && !found.isEmpty()) {
            System.err.println("To format: mvn -N -Pformat process-sources");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root, 3)) {
            List<Path> folders =
                    all.filter(path -> path.endsWith("src") || path.endsWith("tools"))
                            .filter(path -> !path.toString().contains("target"))
                            .toList();
            return folders.stream().flatMap(Format::javaFiles).sorted().toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the file's name if it is not formatted, or does not parse.
    private static Optional<String> format(Path file, boolean fix) {
        try {
            String before = Files.readString(file);
            String after = FORMATTER.formatSourceAndFixImports(before);
            if (before.equals(after)) {
                return Optional.empty();
            }
            if (fix) {
                Files.writeString(file, after);
            }
            return Optional.of(file.toString());
        } catch (FormatterException e) {
            System.err.println(file + ": " + e.getMessage());
            return Optional.of(file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
