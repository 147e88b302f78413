package io.staddle.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.DirectoryCommand.Import;
import io.staddle.api.command.DirectoryCommand.ImportReleased;
import io.staddle.api.command.DirectoryCommand.RaiseFloor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.cli.shell.CliException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

final class RowsTest {
    private static final ClusterId EU = new ClusterId("eu-1");
    private static final JsonRows JSON = new JsonRows(Optional.empty());

    @Test
    void aRowWithAnEpochIsImportedAndOneWithoutIsAcquired() {
        assertThat(json("{'type':'cart','key':'42','owner':'eu-1','epoch':7}"))
                .isEqualTo(new Line.Row(new Import(GrainId.of("cart", "42"), EU, new Epoch(7))));
        assertThat(json(" { \"key\" : \"42\" , \"owner\":\"eu-1\",\"type\":\"cart\"} "))
                .isEqualTo(new Line.Row(new Acquire(GrainId.of("cart", "42"), EU, 0)));
    }

    @Test
    void anEpochMayBeATextAsTheApiWritesIt() {
        assertThat(json("{'type':'t','key':'k','owner':'eu-1','epoch':'9007199254740993'}"))
                .isEqualTo(
                        new Line.Row(
                                new Import(
                                        GrainId.of("t", "k"),
                                        EU,
                                        new Epoch(9_007_199_254_740_993L))));
    }

    @Test
    void escapesAndSlashesBelongToTheKey() {
        Line line = json("{'type':'t','key':'a\\/b\\\\\\u00e9\\ud83d\\ude00/\\'','owner':'eu-1'}");
        assertThat(line)
                .isEqualTo(new Line.Row(new Acquire(GrainId.of("t", "a/b\\é😀/\""), EU, 0)));
    }

    @Test
    void otherFieldsAndNullsAreIgnored() {
        assertThat(
                        json(
                                "{'x':{'type':[1,{'y':null}]},'type':'t','key':'k','epoch':null,"
                                        + "'owner':'eu-1','z':[],'w':-1.5e3,'v':true}"))
                .isEqualTo(new Line.Row(new Acquire(GrainId.of("t", "k"), EU, 0)));
    }

    @Test
    void rowsOfGrainsThatHaveLostTheirOwnerKeepTheirEpoch() {
        GrainId grain = GrainId.of("t", "k");
        for (String state : List.of("released", "stranded")) {
            String row = "{'type':'t','key':'k','owner':'eu-1','epoch':3,'state':'" + state + "'}";
            assertThat(json(row))
                    .isEqualTo(new Line.Row(new ImportReleased(grain, EU, new Epoch(3))));
        }
        assertThat(json("{'type':'t','epoch':3,'state':'floor'}"))
                .isEqualTo(new Line.Floor(new RaiseFloor(grain.type(), new Epoch(3))));
    }

    @Test
    void rowsThatHaveNothingToRecordAreLeftOut() {
        assertThat(json("{'type':'t','key':'k','owner':'','epoch':0,'state':'unowned'}"))
                .isEqualTo(new Line.Unowned("unowned"));
        assertThat(json("{'type':'t','key':'k','state':'released'}"))
                .isEqualTo(new Line.Unowned("released"));
        assertThat(json("{'type':'t','state':'floor'}")).isInstanceOf(Line.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    [1]                                    | column 1: expected {, found [
                    {"type":"t"                            | column 12: expected }, found the end
                    {"type":"t",}                          | column 13: expected ", found }
                    {'type':'t'}                           | column 2: expected ", found '
                    {"type":t}                             | column 9: expected a value
                    {"type":"t","epoch":01}                | column 21: expected a value
                    {"type":"t"}}                          | expected the end of the line, found }
                    {"type":"\\x"}                         | expected one of " \\ / b f n r t u
                    {"type":"\\u12g4"}                     | expected four hexadecimal digits
                    {"type":"t                             | expected " at the end of the text
                    {"key":"k","owner":"eu-1"}             | "type" is missing
                    {"type":"t","owner":"eu-1"}            | "key" is missing
                    {"type":"t","key":"k"}                 | "owner" is missing
                    {"type":"a/b","key":"k","owner":"eu-1"}| grain type must be without a slash
                    {"type":"t","key":"k","owner":"e u"}   | cluster must be letters
                    {"type":"t","key":"k","owner":"e","epoch":0}   | epoch must be 1 or more
                    {"type":"t","key":"k","owner":"e","epoch":1.5} | epoch must be a whole number
                    {"type":"t","key":"k","owner":"e","epoch":-1}  | epoch must be 0 or more
                    {"type":"t","key":"\\ud800","owner":"e"} | key must be well-formed Unicode
                    {"type":"t","key":"\\u0007","owner":"e"} | must be text without control
                    """)
    void whatIsWrongIsSaid(String text, String why) {
        assertThat(JSON.parse(text))
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed -> assertThat(malformed.why()).contains(why));
    }

    @Test
    void aHugeKeyIsMalformedAndNotShownWhole() {
        Line line = json("{'type':'t','key':'" + "x".repeat(600) + "','owner':'eu-1'}");
        assertThat(line)
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed ->
                                assertThat(malformed.why())
                                        .contains("1 to 512 bytes")
                                        .hasSizeLessThan(200));
    }

    @Test
    void deepNestingEndsInAWord() {
        assertThat(JSON.parse("{\"x\":" + "[".repeat(100_000)))
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed -> assertThat(malformed.why()).contains("at most 32 levels"));
    }

    @Test
    void columnsOfCsvMayComeInAnyOrder() {
        CsvRows rows = new CsvRows("owner,Key , type,other", Optional.empty());
        assertThat(rows.parse("eu-1,\"a,\"\"b\"\"\",t,x"))
                .isEqualTo(new Line.Row(new Acquire(GrainId.of("t", "a,\"b\""), EU, 0)));
        assertThat(rows.parse("  ")).isEqualTo(new Line.Blank());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    t,k,eu-1        | 4 fields expected, found 3
                    t,"k,eu-1,1     | column 3: the quoted field does not end on its line
                    t,"k"x,eu-1,1   | column 6: expected a comma
                    t,k"x,eu-1,1    | column 4: a field with a quote must itself be quoted
                    t,k,,1          | "owner" is missing
                    t,k,eu-1,one    | epoch must be a whole number
                    """)
    void whatIsWrongInCsvIsSaid(String text, String why) {
        CsvRows rows = new CsvRows("type,key,owner,epoch", Optional.empty());
        assertThat(rows.parse(text))
                .isInstanceOfSatisfying(
                        Line.Malformed.class,
                        malformed -> assertThat(malformed.why()).contains(why));
    }

    @Test
    void theOwnerMayBeNamedForAllRows() {
        CsvRows rows = new CsvRows("type,key", Optional.of(EU));
        assertThat(rows.parse("t,k"))
                .isEqualTo(new Line.Row(new Acquire(GrainId.of("t", "k"), EU, 0)));
        assertThatThrownBy(() -> new CsvRows("type,key", Optional.empty()))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("the header type,key,owner[,epoch] was expected");
    }

    @Test
    void theFormatIsToldByTheNameElseByTheBeginning() {
        assertThat(RowFormat.of(Path.of("a.csv"), "{")).isEqualTo(RowFormat.CSV);
        assertThat(RowFormat.of(Path.of("a.ndjson"), "type")).isEqualTo(RowFormat.NDJSON);
        assertThat(RowFormat.of(Path.of("-"), "\ufeff \n{")).isEqualTo(RowFormat.NDJSON);
        assertThat(RowFormat.of(Path.of("-"), "type,key")).isEqualTo(RowFormat.CSV);
    }

    private static Line json(String text) {
        return JSON.parse(text.replace('\'', '"'));
    }
}
