package io.staddle.fence.jdbc;

import io.staddle.client.GrainToken;
import io.staddle.client.fence.Verdict;

import java.sql.SQLException;
import java.util.TreeMap;

/// Texts in rows that have the epoch, too.
final class FencedRowStore extends JdbcStore {
    private final JdbcRowGuard guard;

    FencedRowStore(Database database) throws SQLException {
        super(database);
        execute(
                "CREATE TABLE texts (grain VARCHAR(641) PRIMARY KEY, text VARCHAR(200),"
                        + " since BIGINT NOT NULL, held_by VARCHAR(64) NOT NULL)");
        FenceColumns columns = new FenceColumns("texts", "grain", "since", "held_by");
        guard = new JdbcRowGuard(database.source(), columns);
    }

    @Override
    public Verdict open(GrainToken token) throws SQLException {
        return guard.open(token);
    }

    @Override
    public Verdict write(GrainToken token, String text) throws SQLException {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("text", text);
        return guard.write(token, values);
    }
}
