package io.staddle.cli.access;

import io.staddle.api.answer.Answer;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Role;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.client.AccessAdmin;
import io.staddle.client.Result;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// How those who may do something are shown.
final class Identities {
    private Identities() {}

    static Table table(List<Identity> identities) {
        Table table =
                new Table(
                        Column.left("NAME"),
                        Column.left("BY"),
                        Column.left("EXPIRES"),
                        Column.left("ROLES"));
        identities.forEach(each ->
                table.row(
                        each.name().value(),
                        kind(each.credential()),
                        end(each.expiresMillis()),
                        words(each.roles())));
        return table;
    }

    static String words(List<Role> roles) {
        return roles.stream().map(Role::toString).collect(Collectors.joining(", "));
    }

    static String end(long expiresMillis) {
        return expiresMillis == 0 ? "never" : Figures.time(expiresMillis);
    }

    /// Returns the time after `lasting`; never for none.
    static Instant after(Duration lasting) {
        return lasting.isZero() ? AccessAdmin.NEVER : Instant.now().plus(lasting);
    }

    static ExitCode conclude(Session session, Result<Identity> result) {
        return session.conclude(
                result,
                Answer.Access::new,
                done ->
                        "%s is known by %s, until %s, as: %s (revision %s)"
                                .formatted(
                                        done.value().name(),
                                        kind(done.value().credential()),
                                        end(done.value().expiresMillis()),
                                        words(done.value().roles()),
                                        done.revision()));
    }

    private static String kind(Credential credential) {
        return switch (credential) {
            case Credential.Token _ -> "token";
            case Credential.Certificate _ -> "certificate";
        };
    }
}
