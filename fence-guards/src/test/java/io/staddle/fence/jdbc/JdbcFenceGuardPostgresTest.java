package io.staddle.fence.jdbc;

import io.staddle.client.conformance.GuardedStore;

import java.io.IOException;
import java.sql.SQLException;

final class JdbcFenceGuardPostgresTest extends DatabaseConformance {
    JdbcFenceGuardPostgresTest() throws IOException, InterruptedException {
        super(PostgresServer.startOrSkip());
    }

    @Override
    protected GuardedStore setUp() throws SQLException {
        return new FenceTableStore(database());
    }
}
