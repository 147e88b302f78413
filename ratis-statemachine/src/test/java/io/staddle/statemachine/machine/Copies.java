package io.staddle.statemachine.machine;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Revision;
import io.staddle.api.query.GrainFilter;
import io.staddle.statemachine.query.Page;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.Versioned;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;
import io.staddle.storage.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A full copy of the state at each revision, as somebody would keep it to whom space is nothing.
final class Copies {
    private static final long SOME_MILLIS = 1_005_000;

    /// What a state says: all rows that can be asked for, and what is made of them.
    ///
    record Copy(TreeMap<String, List<Row<?, ?>>> rows, List<String> answers) {
        List<Row<?, ?>> of(Table<?, ?> table) {
            return rows.getOrDefault(table.name(), List.of());
        }
    }

    private final TreeMap<Revision, Copy> all = new TreeMap<>();
    private final TreeMap<Revision, Long> times = new TreeMap<>();

    void add(Revision revision, Reads state) {
        all.put(revision, of(state));
        times.put(revision, new Queries(state).logicalNowMillis());
    }

    long atMillis(Revision revision) {
        return times.getOrDefault(revision, 0L);
    }

    /// Returns what was right after a revision.
    Copy at(Revision revision) {
        return all.floorEntry(revision).getValue();
    }

    List<Revision> revisions() {
        return List.copyOf(all.keySet());
    }

    /// Copies all that a state says.
    static Copy of(Reads state) {
        TreeMap<String, List<Row<?, ?>>> rows = new TreeMap<>();
        Stream.concat(Versioned.TABLES.stream(), Stream.of(Schema.HOLDING_GRAINS))
                .forEach(table -> rows.put(table.name(), rows(state, table, KeyRange.all())));
        return new Copy(rows, answers(state));
    }

    static List<Row<?, ?>> rows(Reads state, Table<?, ?> table, KeyRange range) {
        List<Row<?, ?>> rows = new ArrayList<>();
        try (var cursor = state.scan(table, range)) {
            cursor.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static List<String> answers(Reads state) {
        Queries queries = new Queries(state);
        List<String> answers = new ArrayList<>();
        RandomCommands.GRAINS.forEach(grain -> answers.add(queries.lookup(grain).toString()));
        answers.add(queries.counts().toString());
        answers.add(queries.holdings().toString());
        answers.add(queries.clusters(SOME_MILLIS).toString());
        for (ClusterId owner : RandomCommands.CLUSTER_IDS) {
            answers.add(owner + " owns " + pages(queries, new GrainFilter.OwnedBy(owner)));
        }
        answers.add(pages(queries, new GrainFilter.All()));
        return answers;
    }

    private static String pages(Queries queries, GrainFilter filter) {
        List<String> grains = new ArrayList<>();
        byte[] token = {};
        do {
            Page<?> page = queries.list(filter, token, 2);
            page.items().forEach(each -> grains.add(each.toString()));
            token = page.next();
        } while (token.length > 0);
        return grains.stream().collect(Collectors.joining(", "));
    }
}
