package io.staddle.it.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// How the code reads, as far as a machine can tell (after TigerBeetle's `tidy`).
final class StyleTest {
    private static final int MAIN_LINES_MAX = 400;
    private static final int TEST_LINES_MAX = 600;
    private static final int LINE_COLUMNS_MAX = 100;

    /// Lines that cannot be broken.
    private static final Pattern UNBREAKABLE =
            Pattern.compile("^(import|package) .*|.*https?://.*");

    /// Work left undone is written down in an issue, and the comment names it: `#12`.
    private static final Pattern UNDONE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b(?!.*#\\d)");

    @Test
    void sourcesKeepToTheStyle() throws IOException {
        List<Source> sources = Source.all();
        Offences offences = new Offences();
        for (Source source : sources) {
            checkText(source, offences);
            new TreeRules(source, offences).check();
        }
        assertThat(sources).isNotEmpty();
        assertThat(offences.found()).as("what docs/style.md does not allow").isEmpty();
    }

    private static void checkText(Source source, Offences offences) {
        int count = source.lines().size();
        int max = source.isMain() ? MAIN_LINES_MAX : TEST_LINES_MAX;
        if (count > max) {
            offences.add(source, count, "file is longer than " + max + " lines");
        }
        for (int i = 0; i < count; i++) {
            String line = source.lines().get(i);
            if (line.length() > LINE_COLUMNS_MAX && !UNBREAKABLE.matcher(line).matches()) {
                offences.add(source, i + 1, "line is longer than " + LINE_COLUMNS_MAX + " columns");
            }
            if (UNDONE.matcher(line).find()) {
                offences.add(source, i + 1, "unfinished work without an issue");
            }
        }
    }
}
