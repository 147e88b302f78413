package io.staddle.fence.jdbc;

import io.staddle.client.GrainToken;
import io.staddle.client.fence.FenceGuard;
import io.staddle.client.fence.Verdict;

import java.sql.SQLException;
import java.util.Collections;

import javax.sql.DataSource;

/// Guards whatever a database holds of a grain: the token is checked and remembered in a table of
/// its own, by one conditional statement, and the holder writes in the same transaction.
///
/// The row of the grain is locked until the transaction ends. So writes to one grain come one after
/// the other, and those to other grains are not held up. Any isolation will do; above
/// `READ COMMITTED` the database may fail one of two transactions that meet, which is then tried
/// again by whoever asked.
///
/// If the row that a grain is stored in has room for the epoch, [JdbcRowGuard] needs one statement
/// for everything.
public final class JdbcFenceGuard implements FenceGuard<SqlWork, SQLException> {
    private final Transactions transactions;
    private final ConditionalWrite fences;

    /// Guards with the rows of a table, which must be there.
    ///
    /// @param source gives connections, of which each is closed after a transaction
    public JdbcFenceGuard(DataSource source, FenceColumns fences) {
        this.transactions = new Transactions(source);
        this.fences = new ConditionalWrite(fences);
    }

    @Override
    public Verdict open(GrainToken token) throws SQLException {
        return write(token, connection -> {});
    }

    @Override
    public Verdict write(GrainToken token, SqlWork work) throws SQLException {
        return transactions.run(connection -> {
            Verdict verdict = fences.write(connection, token, Collections.emptySortedMap());
            if (verdict.isAccepted()) {
                work.run(connection);
            }
            return verdict;
        });
    }
}
