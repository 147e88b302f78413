package io.staddle.api.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.codec.RefusalSamples;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Every refusal says what it is called, what to do about it, and is in the book.
final class RefusalTextTest {
    private static final Path BOOK = Path.of("..", "docs", "refusals.md");

    @Test
    void everyRefusalHasACodeAMessageAndANextStep() {
        for (Refusal refusal : RefusalSamples.oneOfEach()) {
            RefusalText text = RefusalText.of(refusal);
            assertThat(text.code()).matches("[A-Z]+(_[A-Z]+)*");
            assertThat(text.message()).isNotBlank();
            assertThat(text.next()).isNotBlank();
        }
    }

    @Test
    void aNameThatThereIsNotLeadsToThoseThatThereAre() {
        assertThat(RefusalText.of(new Refusal.NotFound("migration", "m-1")).next())
                .isEqualTo("See what there is: staddle migration list.");
        assertThat(RefusalText.of(new Refusal.NotFound("cluster", "eu")).next())
                .contains("staddle cluster list")
                .contains("staddle cluster register");
    }

    @Test
    void aClusterThatFailedIsToldToBeatAndAHealthyOneIsFailedOverByForce() {
        RefusalText failed = RefusalText.of(transition("FAILED", "HEALTHY"));
        assertThat(failed.message())
                .isEqualTo("cluster \"eu\" is FAILED and cannot become HEALTHY this way");
        assertThat(failed.next()).contains("staddle cluster beat");
        assertThat(RefusalText.of(transition("FAILED", "FAILED")).message())
                .isEqualTo("cluster \"eu\" is FAILED already");
        assertThat(RefusalText.of(transition("HEALTHY", "FAILED")).next()).contains("--force");
        assertThat(RefusalText.of(transition("DRAINING", "HEALTHY")).next())
                .contains("docs/refusals.md");
    }

    private static Refusal transition(String from, String to) {
        return new Refusal.IllegalTransition("cluster", "eu", from, to);
    }

    @Test
    void noTwoRefusalsShareACode() {
        assertThat(codes()).doesNotHaveDuplicates();
    }

    @Test
    void theCodeIsTheNameOfTheRecord() {
        for (Refusal refusal : RefusalSamples.oneOfEach()) {
            String name = refusal.getClass().getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1");
            assertThat(RefusalText.of(refusal).code()).isEqualTo(name.toUpperCase(Locale.ROOT));
        }
    }

    @Test
    void theBookHasAParagraphForEveryCodeAndNoOther() throws IOException {
        List<String> headings =
                Files.readAllLines(BOOK).stream()
                        .filter(line -> line.startsWith("### "))
                        .map(line -> line.substring(4).replace("`", "").strip())
                        .toList();
        assertThat(headings).containsExactlyInAnyOrderElementsOf(codes());
    }

    @Test
    void theBookNamesTheRemedyThatTheServerSends() throws IOException {
        String book = Files.readString(BOOK);
        for (Refusal refusal : RefusalSamples.oneOfEach()) {
            RefusalText text = RefusalText.of(refusal);
            String start = "### `" + text.code() + "`\n\nRemedy: " + text.remedy() + ".";
            assertThat(book).contains(start);
        }
    }

    @Test
    void theWordsAreTheSameWhateverTheLocale() {
        Locale before = Locale.getDefault();
        List<String> words = words();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(words()).isEqualTo(words);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static List<String> words() {
        return RefusalSamples.oneOfEach().stream()
                .map(RefusalText::of)
                .map(RefusalText::toString)
                .toList();
    }

    private static List<String> codes() {
        return RefusalSamples.oneOfEach().stream().map(r -> RefusalText.of(r).code()).toList();
    }
}
