package io.staddle.cli.migration;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.query.MigrationDetails;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.time.Duration;

/// `migration watch`
@Command(
        name = "watch",
        description = {
            "Tells each change of a migration until it is over, then shows it.",
            "Ends with 0 if it was completed and with 2 if it was aborted."
        })
public final class MigrationWatchVerb extends Verb {
    private static final Duration PERIOD = Duration.ofMillis(100);

    @Parameters(paramLabel = "ID", description = "The migration.")
    private MigrationId id = new MigrationId("unset");

    /// Creates it.
    public MigrationWatchVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws InterruptedException {
        MigrationDetails details = session.migrations().show(id);
        String said = "";
        while (!Migrations.isOver(details.migration())) {
            String now = line(details.migration());
            if (!now.equals(said)) {
                session.say(now);
                said = now;
            }
            Thread.sleep(PERIOD);
            details = session.migrations().show(id);
        }
        MigrationDetails last = details;
        session.output().show(MigrationShowVerb.answer(last), () -> Migrations.details(last));
        return last.migration().phase() == MigrationPhase.COMPLETED
                ? ExitCode.DONE
                : ExitCode.REFUSED;
    }

    private static String line(MigrationRecord migration) {
        String lag = Migrations.lag(migration.progress());
        return "%s%s%s, waits for %s"
                .formatted(
                        migration.phase(),
                        lag.isEmpty() ? "" : ", lag " + lag,
                        pause(migration),
                        Migrations.waiting(migration.stage().waiting()));
    }

    private static String pause(MigrationRecord migration) {
        return switch (migration.phase()) {
            case LEADERSHIP_TRANSFER ->
                    ", writes are paused, for at most "
                            + Migrations.micros(migration.header().budgetMicros());
            case CUTOVER ->
                    ", writes were paused for " + Migrations.micros(migration.pauseMicros());
            case ADD_LEARNER, CATCH_UP, PROMOTE_LEARNER, COMPLETED, ABORTED -> "";
        };
    }
}
