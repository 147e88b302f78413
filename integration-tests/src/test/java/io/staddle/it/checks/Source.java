package io.staddle.it.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A Java file of the checkout: its lines, and its tree as javac parses it (no types).
record Source(Path file, List<String> lines, CompilationUnitTree tree, DocTrees trees) {

    /// The root of the checkout: given by the build, else found from the working directory.
    static Path root() {
        Path here = Path.of(System.getProperty("staddle.root", "")).toAbsolutePath().normalize();
        return Files.exists(here.resolve("deploy")) ? here : here.resolve("..").normalize();
    }

    static List<Source> all() throws IOException {
        List<Path> files = files(root());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            List<Source> all = new ArrayList<>();
            for (CompilationUnitTree tree : task.parse()) {
                Path file = Path.of(tree.getSourceFile().toUri());
                all.add(new Source(file, Files.readAllLines(file), tree, trees));
            }
            return all;
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> modules = Files.list(root);
                Stream<Path> examples = Files.list(root.resolve("examples"))) {
            return Stream.concat(modules, examples)
                    .map(folder -> folder.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(Source::javaFiles)
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isMain() {
        return file.toString().contains("/src/main/");
    }
}
