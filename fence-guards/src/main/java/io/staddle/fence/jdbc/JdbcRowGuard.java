package io.staddle.fence.jdbc;

import io.staddle.client.GrainToken;
import io.staddle.client.fence.FenceGuard;
import io.staddle.client.fence.Verdict;

import java.sql.SQLException;
import java.util.Collections;
import java.util.SequencedMap;

import javax.sql.DataSource;

/// Guards a table that has a row for each grain, with the epoch in the row: check and write are one
/// `UPDATE … WHERE epoch <= ?`.
///
/// A write is the values of columns, by their names. The row of a grain that has none is inserted,
/// by [#open] without those values: so all other columns need a default or allow `NULL`.
public final class JdbcRowGuard implements FenceGuard<SequencedMap<String, ?>, SQLException> {
    private final Transactions transactions;
    private final ConditionalWrite rows;

    /// Guards a table, which must be there.
    ///
    /// @param source gives connections, of which each is closed after a write
    public JdbcRowGuard(DataSource source, FenceColumns rows) {
        this.transactions = new Transactions(source);
        this.rows = new ConditionalWrite(rows);
    }

    @Override
    public Verdict open(GrainToken token) throws SQLException {
        return write(token, Collections.emptySortedMap());
    }

    @Override
    public Verdict write(GrainToken token, SequencedMap<String, ?> values) throws SQLException {
        return transactions.run(connection -> rows.write(connection, token, values));
    }
}
