package io.staddle.cli.migration;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `migration abort`
@Command(
        name = "abort",
        description = {
            "Undoes a migration as a whole: writes are open, and members are as before.",
            "What it would undo: staddle migration show. Not after the cut-over. Needs --reason."
        })
public final class MigrationAbortVerb extends Verb {
    @Parameters(paramLabel = "ID", description = "The migration.")
    private MigrationId id = new MigrationId("unset");

    /// Creates it.
    public MigrationAbortVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        String reason = session.reasonFor("aborting a migration");
        long seen = session.migrations().show(id).migration().stage().phaseVersion();
        Result<MigrationRecord> result = session.migrations().abort(id, reason, seen);
        return session.conclude(
                result,
                Answer.Migration::new,
                done -> "migration %s is aborted (revision %s)".formatted(id, done.revision()));
    }
}
