package io.staddle.it.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.it.kit.Distribution;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Links of the documents, to files and headings of this checkout.
final class LinksTest {
    private static final Path ROOT = Distribution.root();
    private static final Pattern CODE = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void eachLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher link = LINK.matcher(prose(page));
            while (link.find()) {
                links++;
                if (!link.group(1).startsWith("http") && !leads(page, link)) {
                    broken.add(ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertThat(links).isGreaterThan(100);
        assertThat(broken).isEmpty();
    }

    @Test
    void eachDocumentIsInTheIndex() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/README.md"));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            List<String> missing =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                            .filter(name -> !index.contains("(" + name + ")"))
                            .toList();
            assertThat(missing).isEmpty();
        }
    }

    private static boolean leads(Path page, Matcher link) throws IOException {
        Path to = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(to)) {
            return false;
        }
        boolean isPage = to.toString().endsWith(".md");
        return link.group(2) == null || !isPage || anchors(to).contains(link.group(2));
    }

    /// The names that web sites give to headings.
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new TreeSet<>();
        Matcher heading = HEADING.matcher(prose(page));
        while (heading.find()) {
            String words = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
            anchors.add(
                    words.strip()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                            .replace(' ', '-'));
        }
        return anchors;
    }

    private static String prose(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs", "docs/adr", "docs/recipes", "deploy/conf")) {
            pages.addAll(in(ROOT.resolve(folder)));
        }
        try (Stream<Path> examples = Files.list(ROOT.resolve("examples"))) {
            for (Path example : examples.filter(Files::isDirectory).toList()) {
                pages.addAll(in(example));
            }
        }
        return pages;
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }
}
