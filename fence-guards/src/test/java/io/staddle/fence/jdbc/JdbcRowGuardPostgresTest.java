package io.staddle.fence.jdbc;

import io.staddle.client.conformance.GuardedStore;

import java.io.IOException;
import java.sql.SQLException;

final class JdbcRowGuardPostgresTest extends DatabaseConformance {
    JdbcRowGuardPostgresTest() throws IOException, InterruptedException {
        super(PostgresServer.startOrSkip());
    }

    @Override
    protected GuardedStore setUp() throws SQLException {
        return new FencedRowStore(database());
    }
}
