package io.staddle.cli.replay;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.query.ReplayStatus;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.client.ReplayQueues;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// Shows replay queues and what is in them.
final class Queues {
    private static final int VALUE_SHOWN = 40;

    private Queues() {}

    /// Returns a queue that has entries.
    ///
    /// @throws CliException if it is empty
    static ReplayQueue backlog(ReplayQueues queues, ClusterId target) {
        ReplayQueue queue = queues.status(target).queue();
        if (queue.entries() == 0) {
            throw CliException.refused(
                    "there is nothing to replay for " + target,
                    "To see all queues: staddle replay status");
        }
        return queue;
    }

    static Table table(List<ReplayStatus> queues) {
        Table table =
                new Table(
                        Column.left("CLUSTER"),
                        Column.right("ENTRIES"),
                        Column.right("BYTES"),
                        Column.right("OLDEST"),
                        Column.right("ACKED"),
                        Column.right("NEXT"),
                        Column.left("LAST ACK"),
                        Column.left("BY"));
        queues.forEach(each -> row(table, each));
        return table;
    }

    static String details(ReplayStatus status) {
        ReplayQueue queue = status.queue();
        StringBuilder text =
                new StringBuilder(
                        """
                        cluster   %s
                        entries   %s, %s
                        oldest    %s
                        acked     %d
                        next      %d
                        last ack  %s
                        """
                                .formatted(
                                        queue.target(),
                                        Figures.count(queue.entries()),
                                        Figures.bytes(queue.bytes()),
                                        orDash(age(status)),
                                        queue.ackedSeq(),
                                        queue.nextSeq(),
                                        lastAck(queue)));
        status.origins().forEach(origin -> text.append(line(origin)));
        return text.toString();
    }

    static Table entries(List<ReplayEntry> entries) {
        Table table =
                new Table(
                        Column.right("SEQ"),
                        Column.left("ORIGIN"),
                        Column.right("NUMBER"),
                        Column.left("KEY"),
                        Column.right("BYTES"),
                        Column.left("SINCE"),
                        Column.left("VALUE"));
        for (ReplayEntry entry : entries) {
            table.row(
                    Long.toString(entry.seq()),
                    entry.write().id().origin().value(),
                    Long.toString(entry.write().id().seq()),
                    entry.write().key().value(),
                    Long.toString(entry.write().value().size()),
                    Figures.time(entry.atMillis()),
                    shown(entry.write().value()));
        }
        return table;
    }

    private static void row(Table table, ReplayStatus status) {
        ReplayQueue queue = status.queue();
        table.row(
                Cell.of(queue.target().value()),
                new Cell(
                        Figures.count(queue.entries()),
                        queue.entries() == 0 ? Tone.GOOD : Tone.WARN),
                Cell.of(Figures.bytes(queue.bytes())),
                Cell.of(age(status)),
                Cell.of(Long.toString(queue.ackedSeq())),
                Cell.of(Long.toString(queue.nextSeq())),
                Cell.of(queue.lastAck().map(last -> Figures.time(last.atMillis())).orElse("")),
                Cell.of(queue.lastAck().map(last -> last.by().value()).orElse("")));
    }

    private static String age(ReplayStatus status) {
        return status.queue().entries() == 0
                ? ""
                : Figures.duration(Duration.ofMillis(status.oldestAgeMillis()));
    }

    private static String lastAck(ReplayQueue queue) {
        return queue.lastAck()
                .map(last -> "%s by %s".formatted(Figures.time(last.atMillis()), last.by()))
                .orElse("-");
    }

    private static String line(ReplayOrigin origin) {
        String gaps =
                origin.gaps().isEmpty()
                        ? ""
                        : ", %s, the first at %d"
                                .formatted(
                                        Figures.count(origin.gaps().size(), "gap"),
                                        origin.gaps().getFirst().from());
        return "origin    %s to %d, settled to %d%s\n"
                .formatted(origin.origin(), origin.highest(), origin.settled(), gaps);
    }

    /// A text as it is, cut; other bytes in hex.
    private static String shown(ByteString value) {
        boolean text =
                value.isValidUtf8()
                        && value.toStringUtf8().chars().noneMatch(Character::isISOControl);
        String whole =
                text
                        ? value.toStringUtf8()
                        : "0x"
                                + HexFormat.of()
                                        .formatHex(
                                                value.substring(
                                                                0,
                                                                Math.min(value.size(), VALUE_SHOWN))
                                                        .toByteArray());
        int end = whole.offsetByCodePoints(0, Math.min(VALUE_SHOWN, codePoints(whole)));
        return end < whole.length() ? whole.substring(0, end) + "…" : whole;
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
