package io.staddle.cli.shell;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.Revision;
import io.staddle.api.query.Moment;

import picocli.CommandLine.Option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.LongFunction;

/// Which state of the past is wanted. A mixin of the verbs that can show one.
public final class AsOf {
    private static final String EPOCH = "epoch:";
    private static final String NEXT =
            "Such as: 1234 (a log index), 1234.5 (a revision), 2026-11-22T10:15:00Z (or +01:00), 2h"
                    + " (that long ago), epoch:7";

    @Option(
            names = "--as-of",
            paramLabel = "MOMENT",
            description = {
                "What was then: a revision as 1234 or 1234.5, a time as 2026-11-22T10:15:00Z or 2h",
                "(that long ago), or epoch:N of the one that is asked for. Default: now"
            })
    private Optional<String> text = Optional.empty();

    /// Returns the session for that moment, of a verb that shows several things, none of which has
    /// an epoch of its own.
    public Session in(Session session) {
        return in(session, AsOf::needsSubject);
    }

    /// Returns the session for that moment.
    ///
    /// @param ofEpoch the last state with an epoch of what is shown
    /// @throws CliException if the moment is not one
    public Session in(Session session, LongFunction<Moment> ofEpoch) {
        text.ifPresent(each -> session.goTo(moment(each, ofEpoch, System.currentTimeMillis())));
        return session;
    }

    /// Returns the moment that a text names, which must not be an epoch.
    ///
    /// @throws CliException if it names none
    public static Moment moment(String text) {
        return moment(text, AsOf::needsSubject, System.currentTimeMillis());
    }

    private static Moment needsSubject(long epoch) {
        throw CliException.usage(
                EPOCH + epoch + " needs one thing that has the epoch",
                "Name a revision or a time, or ask for one grain, cluster or vShard.");
    }

    /// Returns the moment that a text names.
    static Moment moment(String text, LongFunction<Moment> ofEpoch, long nowMillis) {
        try {
            if (text.startsWith(EPOCH)) {
                return ofEpoch.apply(Long.parseLong(text.substring(EPOCH.length())));
            }
            if (text.matches("[0-9]+")) {
                return Moment.afterEntry(Long.parseLong(text));
            }
            if (text.matches("[0-9]+\\.[0-9]+")) {
                String[] parts = text.split("\\.", 2);
                return new Moment.AtRevision(
                        new Revision(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
            }
            return new Moment.AtTime(
                    text.contains("-")
                            ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                            : nowMillis - ago(text).toMillis());
        } catch (DateTimeException | NumberFormatException wrong) {
            throw CliException.usage(text + " is no moment", NEXT);
        }
    }

    /// One unit as all options have it, or several, such as 1h30m.
    private static Duration ago(String text) {
        try {
            return Texts.duration(text);
        } catch (MalformedException several) {
            return Duration.parse("PT" + text);
        }
    }
}
