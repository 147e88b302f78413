package io.staddle.fence.jdbc;

import io.staddle.client.conformance.GuardedStore;

import java.io.IOException;
import java.sql.SQLException;

final class JdbcRowGuardH2Test extends DatabaseConformance {
    JdbcRowGuardH2Test() throws IOException, SQLException {
        super(H2Server.start());
    }

    @Override
    protected GuardedStore setUp() throws SQLException {
        return new FencedRowStore(database());
    }
}
