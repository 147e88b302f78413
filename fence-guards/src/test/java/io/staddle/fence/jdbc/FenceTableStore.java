package io.staddle.fence.jdbc;

import io.staddle.client.GrainToken;
import io.staddle.client.fence.Verdict;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Texts beside a table of fences.
final class FenceTableStore extends JdbcStore {
    private final JdbcFenceGuard guard;

    FenceTableStore(Database database) throws SQLException {
        super(database);
        execute("CREATE TABLE texts (grain VARCHAR(641) PRIMARY KEY, text VARCHAR(200))");
        execute(
                "CREATE TABLE fences (grain VARCHAR(641) PRIMARY KEY, epoch BIGINT NOT NULL,"
                        + " owner VARCHAR(64) NOT NULL)");
        guard = new JdbcFenceGuard(database.source(), FenceColumns.of("fences"));
    }

    @Override
    public Verdict open(GrainToken token) throws SQLException {
        return guard.open(token);
    }

    @Override
    public Verdict write(GrainToken token, String text) throws SQLException {
        return guard.write(token, connection -> put(connection, token.grain().toString(), text));
    }

    private static void put(Connection connection, String grain, String text) throws SQLException {
        try (PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM texts WHERE grain = ?");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO texts VALUES (?, ?)")) {
            delete.setString(1, grain);
            delete.executeUpdate();
            insert.setString(1, grain);
            insert.setString(2, text);
            insert.executeUpdate();
        }
    }
}
