package io.staddle.fence.jdbc;

import javax.sql.DataSource;

/// A database server with an empty database.
interface Database extends AutoCloseable {
    /// Gives connections.
    DataSource source();

    /// Ends the server, in whatever way, and starts it on the same data.
    void restart() throws Exception;

    /// Ends the server and deletes its data.
    @Override
    void close();
}
