package io.staddle.fence.jdbc;

import io.staddle.client.fence.Verdict;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

/// Transactions that are committed if what they did was accepted, and leave nothing otherwise.
final class Transactions {
    private final DataSource source;

    Transactions(DataSource source) {
        this.source = source;
    }

    interface Work {
        Verdict run(Connection connection) throws SQLException;
    }

    Verdict run(Work work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean accepted = false;
            try {
                Verdict verdict = work.run(connection);
                accepted = verdict.isAccepted();
                return verdict;
            } finally {
                end(connection, accepted);
                connection.setAutoCommit(before);
            }
        }
    }

    private static void end(Connection connection, boolean accepted) throws SQLException {
        if (accepted) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }
}
