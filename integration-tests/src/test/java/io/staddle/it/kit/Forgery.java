package io.staddle.it.kit;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.statemachine.state.GrainRow;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;
import io.staddle.storage.KeyRange;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Present;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import org.apache.ratis.util.FileUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes a server that has stopped believe something else than the others, as a bug in a rule or
/// a server of another version would: its tables are whole and their digest fits them.
public final class Forgery {
    private Forgery() {}

    /// Writes the tables anew, at the same position, with another epoch for one grain.
    ///
    /// @param state the directory `state` of the server
    public static void raiseEpoch(Path state, String deployment, GrainId grain) throws IOException {
        StoreIdentity identity = new StoreIdentity("staddle deployment " + deployment);
        Path forged = state.resolveSibling("forged");
        try (RocksStore from =
                        RocksStore.open(state, Schema.TABLES, identity, StoreOptions.DEFAULTS);
                RocksStore to =
                        RocksStore.create(forged, Schema.TABLES, identity, StoreOptions.DEFAULTS);
                View view = from.view()) {
            copy(view, to, grain);
        }
        FileUtils.deleteFully(state);
        Files.move(forged, state);
    }

    private static void copy(View view, RocksStore to, GrainId grain) {
        LogPosition position = view.applied();
        Batch batch = to.begin();
        Schema.TABLES.forEach(table -> copy(table, view, batch));
        GrainRow row = view.get(Schema.GRAINS, grain).orElseThrow();
        Epoch raised = new Epoch(row.epoch().value() + 1);
        batch.update(Schema.GRAINS, grain, new GrainRow(row.place(), raised, row.since()));
        to.commit(batch, position);
    }

    @SuppressWarnings("unchecked") // the values of an index are all Present
    private static <K, V> void copy(Table<K, V> table, View view, Batch batch) {
        try (var rows = view.scan(table, KeyRange.all())) {
            rows.forEachRemaining(row -> {
                switch (table.kind()) {
                    case ROWS, RESIDENT -> batch.insert(table, row.key(), row.value());
                    case INDEX -> batch.put((Table<K, Present>) table, row.key());
                    case LOG -> batch.append(table, row.key(), row.value());
                    case QUEUE -> batch.enqueue(table, row.key(), row.value());
                }
            });
        }
    }
}
