package io.staddle.fence.jdbc;

import io.staddle.client.conformance.FenceGuardConformance;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/// A database for all tests of a class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseConformance extends FenceGuardConformance {
    private final Database database;

    DatabaseConformance(Database database) {
        this.database = database;
    }

    final Database database() {
        return database;
    }

    @Override
    protected final int rounds() {
        return 15;
    }

    @AfterAll
    final void closeDatabase() {
        database.close();
    }
}
