package io.staddle.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void wordsStandLeftAndNumbersRightAndNothingIsADash() {
        Table table = new Table(Column.left("NAME"), Column.right("COUNT"), Column.left("WHY"));
        table.row("a", "1,000", "").row("longer", "1", "because");

        assertThat(table.render(Ink.NONE))
                .isEqualTo(
                        """
                        NAME    COUNT  WHY
                        a       1,000  -
                        longer      1  because
                        """);
    }

    @Test
    void coloursDoNotMoveColumns() {
        Table table = new Table(Column.left("A"), Column.left("B"));
        table.row(new Cell("x", Tone.BAD), Cell.of("y")).row("long", "z");

        String plain = table.render(Ink.NONE);
        String coloured = table.render(new Ink(true)).replaceAll("\u001b\\[[0-9]+m", "");
        assertThat(coloured).isEqualTo(plain);
    }

    @Test
    void whatIsNotThereHasNoColour() {
        Table table = new Table(Column.left("A"), Column.left("B"));
        table.row(new Cell("", Tone.WARN), new Cell("x", Tone.WARN));

        assertThat(table.render(new Ink(true))).endsWith("\n-  \u001b[33mx\u001b[0m\n");
    }

    @Test
    void figuresHaveUnits() {
        assertThat(Figures.count(1, "grain")).isEqualTo("1 grain");
        assertThat(Figures.count(1_000_000, "grain")).isEqualTo("1,000,000 grains");
        assertThat(Figures.bytes(1_536)).isEqualTo("1.5 KiB");
        assertThat(Figures.bytes(3L << 30)).isEqualTo("3.0 GiB");
        assertThat(Figures.duration(java.time.Duration.ofMillis(12_345))).isEqualTo("12.3 s");
        assertThat(Figures.duration(java.time.Duration.ofSeconds(3_700))).isEqualTo("1 h 1 min");
        assertThat(Figures.time(1_000)).isEqualTo("1970-01-01T00:00:01Z");
        assertThat(Figures.time(0)).isEmpty();
    }
}
