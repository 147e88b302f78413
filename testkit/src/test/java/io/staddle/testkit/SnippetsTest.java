package io.staddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The Java in the documents compiles. Names that a page uses and does not explain are in
/// `Snippet.java.txt`. `docs/testing.md` is a test of its own, `docs/fencing.md` needs the guards.
final class SnippetsTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> PAGES =
            List.of(
                    "README.md",
                    "docs/audit.md",
                    "docs/barriers.md",
                    "docs/client.md",
                    "docs/recipes/double-barrier.md",
                    "docs/recipes/leadership.md",
                    "docs/recipes/lock.md",
                    "docs/recipes/membership.md");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void whatPagesShowCompiles() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        for (String page : PAGES) {
            Matcher matcher = SNIPPET.matcher(Files.readString(ROOT.resolve(page)));
            while (matcher.find()) {
                String name = page.replaceAll("\\W", "_") + "_" + matcher.start();
                sources.add(file(name, source(name, matcher.group(1))));
            }
        }
        assertThat(sources).hasSizeGreaterThan(12);
        assertThat(errors(sources)).isEmpty();
    }

    @Test
    void whatIsWrongIsFound() throws IOException {
        String wrong = source("Wrong", "client.grains().aquire(cart, cluster);");
        assertThat(errors(List.of(file("Wrong", wrong)))).contains("Wrong.java", "aquire");
    }

    /// A snippet that has a `main` is a whole program.
    private static String source(String name, String code) throws IOException {
        return code.contains("void main()")
                ? code
                : template().replace("class Snippet", "class " + name).replace("//SNIPPET", code);
    }

    /// What the compiler says, which names the page and where in it the snippet begins.
    private static String errors(List<JavaFileObject> sources) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        StringWriter said = new StringWriter();
        List<String> options = new ArrayList<>(List.of("-proc:none", "-d"));
        options.add(Files.createDirectories(Path.of("target", "snippets")).toString());
        options.addAll(List.of("-classpath", System.getProperty("java.class.path")));
        boolean right = compiler.getTask(said, null, null, options, null, sources).call();
        return right ? "" : said.toString();
    }

    private static JavaFileObject file(String name, String source) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static String template() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        SnippetsTest.class.getResourceAsStream("/Snippet.java.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
