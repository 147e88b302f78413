package io.staddle.statemachine.state;

import io.staddle.storage.Codec;

import java.util.List;
import java.util.Optional;

/// How the rows that an entry changed were before, in the order in which it changed them.
///
/// @param atMillis the logical time of the entry, in milliseconds since 1970
/// @param rows a row that was changed twice is there twice
public record EntryUndo(long atMillis, List<UndoneRow> rows) {
    static final Codec<EntryUndo> CODEC =
            RowCodecs.of(
                    EntryUndo::encode,
                    io.staddle.statemachine.v1.EntryUndo.parser(),
                    EntryUndo::decode);

    /// Copies the list.
    public EntryUndo {
        rows = List.copyOf(rows);
    }

    private static io.staddle.statemachine.v1.EntryUndo encode(EntryUndo undo) {
        var encoded =
                io.staddle.statemachine.v1.EntryUndo.newBuilder().setAtMillis(undo.atMillis());
        for (UndoneRow row : undo.rows()) {
            var each =
                    encoded.addRowsBuilder()
                            .setOrdinal(row.ordinal())
                            .setTable(row.table())
                            .setKey(row.key());
            row.before().ifPresent(before -> each.setBefore(before).setExisted(true));
        }
        return encoded.build();
    }

    private static EntryUndo decode(io.staddle.statemachine.v1.EntryUndo encoded) {
        return new EntryUndo(
                encoded.getAtMillis(),
                encoded.getRowsList().stream().map(EntryUndo::decode).toList());
    }

    private static UndoneRow decode(io.staddle.statemachine.v1.UndoneRow row) {
        return new UndoneRow(
                row.getOrdinal(),
                row.getTable(),
                row.getKey(),
                row.getExisted() ? Optional.of(row.getBefore()) : Optional.empty());
    }
}
