package io.staddle.fence.jdbc;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.client.GrainToken;
import io.staddle.client.fence.Verdict;
import io.staddle.client.fence.Verdict.Seen;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes to the row of a grain if its epoch allows it, in one statement; the row is locked until
/// the transaction ends. A second statement is needed only where there is no row yet, or to say why
/// nothing was written.
final class ConditionalWrite {
    /// The class of `SQLState` for violated constraints, in the standard and in PostgreSQL.
    private static final String CONSTRAINT = "23";

    /// Where there was no row and then there is one, somebody was faster, and it is tried again.
    private static final int TRIES = 3;

    private final FenceColumns columns;

    ConditionalWrite(FenceColumns columns) {
        this.columns = columns;
    }

    /// Within the transaction of a connection that does not commit by itself.
    ///
    /// @param values of other columns of the row
    Verdict write(Connection connection, GrainToken token, SequencedMap<String, ?> values)
            throws SQLException {
        for (int i = 0; i < TRIES; i++) {
            if (update(connection, token, values)) {
                return new Verdict.Accepted();
            }
            Optional<Seen> seen = seen(connection, token);
            if (seen.isPresent()) {
                Verdict verdict = Verdict.of(token, seen.get());
                if (!verdict.isAccepted()) {
                    return verdict;
                }
                // The row came after the update: nothing is written yet.
            } else if (insert(connection, token, values)) {
                return new Verdict.Accepted();
            }
        }
        throw new SQLException(
                "the row of %s in %s comes and goes: nobody may delete it"
                        .formatted(token.grain(), columns.table()));
    }

    private boolean update(Connection connection, GrainToken token, SequencedMap<String, ?> values)
            throws SQLException {
        String set = names(values).map(name -> name + " = ?").collect(Collectors.joining(", "));
        String sql =
                "UPDATE %s SET %s WHERE %s = ? AND (%s < ? OR (%s = ? AND %s = ?))"
                        .formatted(
                                columns.table(),
                                set,
                                columns.grain(),
                                columns.epoch(),
                                columns.epoch(),
                                columns.owner());
        long epoch = token.epoch().value();
        String owner = token.owner().value();
        List<Object> parameters = parameters(token, values);
        parameters.addAll(List.of(token.grain().toString(), epoch, epoch, owner));
        return execute(connection, sql, parameters) == 1;
    }

    /// Tells whether it did: not if somebody else was faster, whose row stays.
    private boolean insert(Connection connection, GrainToken token, SequencedMap<String, ?> values)
            throws SQLException {
        List<Object> parameters = parameters(token, values);
        parameters.add(token.grain().toString());
        String sql =
                "INSERT INTO %s (%s, %s) VALUES (%s)"
                        .formatted(
                                columns.table(),
                                names(values).collect(Collectors.joining(", ")),
                                columns.grain(),
                                parameters.stream()
                                        .map(each -> "?")
                                        .collect(Collectors.joining(", ")));
        // PostgreSQL gives up a transaction with a failed statement, unless it can go back.
        Savepoint before = connection.setSavepoint();
        try {
            execute(connection, sql, parameters);
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException failure) {
            if (!isConstraint(failure)) {
                throw failure;
            }
            connection.rollback(before);
            // A constraint of the table itself is violated in the next try as well, as an update.
            if (seen(connection, token).isEmpty()) {
                throw failure;
            }
            return false;
        }
    }

    /// Locks the row, and so sees what others have committed at whatever isolation.
    private Optional<Seen> seen(Connection connection, GrainToken token) throws SQLException {
        String sql =
                "SELECT %s, %s FROM %s WHERE %s = ? FOR UPDATE"
                        .formatted(
                                columns.epoch(), columns.owner(), columns.table(), columns.grain());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, token.grain().toString());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(
                                new Seen(
                                        new Epoch(rows.getLong(1)),
                                        new ClusterId(rows.getString(2))))
                        : Optional.empty();
            }
        }
    }

    private Stream<String> names(SequencedMap<String, ?> values) {
        return Stream.concat(
                values.keySet().stream().map(FenceColumns::check),
                Stream.of(columns.epoch(), columns.owner()));
    }

    private static List<Object> parameters(GrainToken token, SequencedMap<String, ?> values) {
        List<Object> parameters = new ArrayList<>(values.values());
        parameters.add(token.epoch().value());
        parameters.add(token.owner().value());
        return parameters;
    }

    private static int execute(Connection connection, String sql, List<Object> parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            return statement.executeUpdate();
        }
    }

    private static boolean isConstraint(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLIntegrityConstraintViolationException
                || (state != null && state.startsWith(CONSTRAINT));
    }
}
