package io.staddle.cli.replay;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.WriteFate;
import io.staddle.cli.replay.DraftRows.Row;
import io.staddle.cli.shell.CliException;
import io.staddle.client.ReplayProducer;
import io.staddle.client.ReplayQueues;
import io.staddle.client.ReplayReceipt;
import io.staddle.client.Result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Appends rows to a queue and counts what becomes of them. Rows with numbers of their own keep
/// them; the others get theirs from a [ReplayProducer].
final class Appending {
    static final int ROWS_MAX = ReplayCommand.Append.WRITES_MAX;
    private static final long BYTES_MAX = 1 << 20;

    private final ReplayQueues queues;
    private final ClusterId target;
    private final ClusterId origin;
    private final ReplayProducer producer;
    private final Map<String, Long> counts =
            new TreeMap<>(Map.of("appended", 0L, "known", 0L, "settled", 0L));

    Appending(ReplayQueues queues, ClusterId target, ClusterId origin) {
        this.queues = queues;
        this.target = target;
        this.origin = origin;
        this.producer = queues.producer(target, origin);
    }

    /// Returns how many writes were appended, known or settled, by these names.
    Map<String, Long> counts() {
        return counts;
    }

    /// Appends rows in their order.
    ///
    /// @return the first that was not done
    List<Result<?>> append(List<Row> rows) {
        boolean numbered = rows.stream().allMatch(row -> row.seq().isPresent());
        if (!numbered && rows.stream().anyMatch(row -> row.seq().isPresent())) {
            throw CliException.usage(
                    "some rows have a number (seq) and some have none", "Give one to all or none.");
        }
        return numbered ? appendNumbered(rows) : appendDrafts(rows);
    }

    private List<Result<?>> appendDrafts(List<Row> rows) {
        List<Result<?>> failed = new ArrayList<>();
        for (Result<ReplayReceipt> result :
                producer.appendAll(rows.stream().map(Row::draft).toList())) {
            if (result instanceof Result.Done<ReplayReceipt> done) {
                count(done.value().fate());
            } else {
                failed.add(result);
            }
        }
        return failed;
    }

    private List<Result<?>> appendNumbered(List<Row> rows) {
        int from = 0;
        while (from < rows.size()) {
            int to = from + 1;
            long bytes = write(rows.get(from)).bytes();
            while (to < rows.size() && bytes + write(rows.get(to)).bytes() <= BYTES_MAX) {
                bytes += write(rows.get(to++)).bytes();
            }
            Result<Answer.Appended> result =
                    queues.append(
                            target, rows.subList(from, to).stream().map(this::write).toList());
            if (!(result instanceof Result.Done<Answer.Appended> done)) {
                return List.of(result);
            }
            done.value().fates().forEach(this::count);
            from = to;
        }
        return List.of();
    }

    private ReplayWrite write(Row row) {
        WriteId id = new WriteId(origin, row.seq().orElse(0L));
        return new ReplayWrite(id, row.draft().key(), row.draft().value());
    }

    private void count(WriteFate fate) {
        String name =
                switch (fate) {
                    case WriteFate.Appended _ -> "appended";
                    case WriteFate.Known _ -> "known";
                    case WriteFate.Settled _ -> "settled";
                };
        counts.merge(name, 1L, Long::sum);
    }
}
