package io.staddle.fence.jdbc;

import io.staddle.api.id.GrainId;
import io.staddle.client.GrainToken;
import io.staddle.client.conformance.GuardedStore;
import io.staddle.client.fence.Verdict;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// A table of texts, and the writes of a guard.
abstract class JdbcStore implements GuardedStore {
    /// Longer than a column has room for.
    static final String TOO_LONG = "x".repeat(300);

    private final Database database;

    JdbcStore(Database database) throws SQLException {
        this.database = database;
        execute("DROP TABLE IF EXISTS texts");
        execute("DROP TABLE IF EXISTS fences");
    }

    @Override
    public Verdict writeAndFail(GrainToken token, String text) throws SQLException {
        return write(token, text + TOO_LONG);
    }

    @Override
    public Optional<String> read(GrainId grain) throws SQLException {
        try (Connection connection = database.source().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT text FROM texts WHERE grain = ?")) {
            statement.setString(1, grain.toString());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public abstract Verdict write(GrainToken token, String text) throws SQLException;

    @Override
    public void restart() throws Exception {
        database.restart();
    }

    @Override
    public void close() {}

    final void execute(String sql) throws SQLException {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
