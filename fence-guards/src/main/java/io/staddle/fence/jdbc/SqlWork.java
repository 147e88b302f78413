package io.staddle.fence.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/// What a holder writes within the transaction in which its token was checked.
@FunctionalInterface
public interface SqlWork {
    /// Writes, and leaves the end of the transaction to the guard.
    ///
    /// @throws SQLException if it does not work out: then nothing is written
    void run(Connection connection) throws SQLException;
}
