package io.staddle.fence.jdbc;

import java.util.regex.Pattern;

/// A table with a row for each grain, and the columns by which tokens are checked.
///
/// In PostgreSQL and H2: `grain VARCHAR(641) PRIMARY KEY, epoch BIGINT NOT NULL, owner VARCHAR(64)
/// NOT NULL`. The grain's column must tell apart whatever differs, so in MySQL it needs a binary
/// collation (`utf8mb4_0900_bin`).
///
/// @param table its name, with that of the schema before it where needed
/// @param grain has the grain as `TYPE/KEY`: up to 641 characters; the primary key
/// @param epoch has the highest epoch that was shown: 64 bits
/// @param owner has the cluster that showed it: up to 64 characters
public record FenceColumns(String table, String grain, String epoch, String owner) {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_]\\w*)*");

    /// Refuses what would have to be quoted in SQL.
    ///
    /// @throws IllegalArgumentException if a name is not letters, digits and `_`
    public FenceColumns {
        check(table);
        check(grain);
        check(epoch);
        check(owner);
    }

    /// Returns a table whose columns are called `grain`, `epoch` and `owner`.
    public static FenceColumns of(String table) {
        return new FenceColumns(table, "grain", "epoch", "owner");
    }

    static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "expected a name of letters, digits and _, found: " + name);
        }
        return name;
    }
}
