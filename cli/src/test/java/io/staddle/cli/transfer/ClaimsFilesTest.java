package io.staddle.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.cli.shell.CliException;
import io.staddle.client.Held;
import io.staddle.client.audit.Claim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ClaimsFilesTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final ClusterId US = new ClusterId("us");

    @TempDir private Path directory = Path.of("unset");

    @Test
    void anExportIsReadAndWhatNobodyOwnsIsNoClaim() throws IOException {
        Path file =
                file(
                        "export",
                        """
                        {"type":"cart","key":"1","owner":"eu","epoch":7,"state":"owned"}
                        {"type":"cart","key":"2","owner":"eu","epoch":3,"state":"released"}
                        {"type":"cart","key":"3","owner":"us","epoch":9}

                        {"type":"cart","epoch":2,"state":"floor"}
                        """);
        ClaimsFiles files = new ClaimsFiles(List.of(file), Optional.empty(), Claim.ALL);
        assertThat(claims(files))
                .containsExactly(
                        claim(file.toString(), "cart/1", EU, 7, Claim.ALL),
                        claim(file.toString(), "cart/3", US, 9, Claim.ALL));
        assertThat(files.complete()).isEqualTo(Map.of(EU, Claim.ALL, US, Claim.ALL));
    }

    @Test
    void aHeadingHoldsForTheLinesAfterItAndALineMaySayOtherwise() throws IOException {
        Path file =
                file(
                        "node",
                        """
                        {"state":"claims","owner":"eu","claimant":"node-3","revision":"12"}
                        {"type":"cart","key":"1","epoch":7}
                        {"type":"cart","key":"2","epoch":7,"claimant":"node-4","revision":"15.2"}
                        """);
        Path idle = file("idle", "{\"state\":\"claims\",\"owner\":\"us\",\"revision\":\"9.0\"}\n");
        ClaimsFiles files = new ClaimsFiles(List.of(file, idle), Optional.empty(), Claim.ALL);
        Revision heading = new Revision(12, Integer.MAX_VALUE);
        assertThat(claims(files))
                .containsExactly(
                        claim("node-3", "cart/1", EU, 7, heading),
                        claim("node-4", "cart/2", EU, 7, new Revision(15, 2)));
        assertThat(files.complete()).isEqualTo(Map.of(EU, heading, US, new Revision(9, 0)));
    }

    @Test
    void claimsOfAClusterAreCompleteUpToTheOldestOfItsFiles() throws IOException {
        String line = "{\"state\":\"claims\",\"revision\":\"%d.0\"}\n";
        String claim = "{\"type\":\"cart\",\"key\":\"1\",\"epoch\":7}\n";
        Path late = file("late", line.formatted(30) + claim);
        Path early = file("early", line.formatted(20) + claim);
        ClaimsFiles files = new ClaimsFiles(List.of(late, early, late), Optional.of(EU), Claim.ALL);
        assertThat(files.complete()).isEqualTo(Map.of(EU, new Revision(20, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"type":"a","key":"1","epoch":1} | "owner" is missing
                    {"type":"a","key":"1","owner":"eu"} | "epoch" is missing
                    {"type":"a","owner":"eu","epoch":1} | grain key
                    {"type":"a","key":"1","owner":"eu","epoch":"x"} | whole number
                    {"type":"a","key":"1","owner":"eu","epoch":-1} | epoch
                    {"type":"a","key":"1","owner":"eu","epoch":1,"revision":"1.x"} | whole number
                    {"type":"a","key":"1" | expected }
                    """)
    void aLineThatIsNoClaimStopsTheAuditAndIsNamed(String line, String why) throws IOException {
        Path file = file("wrong", "\n" + line + "\n");
        ClaimsFiles files = new ClaimsFiles(List.of(file), Optional.empty(), Claim.ALL);
        assertThatThrownBy(() -> claims(files))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("wrong, line 2")
                .hasMessageContaining(why);
    }

    private static List<Claim> claims(ClaimsFiles files) {
        List<Claim> claims = new ArrayList<>();
        files.forEach(claims::add);
        return claims;
    }

    private static Claim claim(
            String claimant, String grain, ClusterId owner, long epoch, Revision seen) {
        return new Claim(claimant, new Held(GrainId.parse(grain), owner, new Epoch(epoch)), seen);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
