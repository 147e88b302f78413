package io.staddle.cli.migration;

import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.id.MigrationId;
import io.staddle.api.query.MigrationDetails;
import io.staddle.api.v1.GetMigrationAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `migration show`
@Command(
        name = "show",
        description = {
            "Shows a migration: what it waits for and what an abort would do.",
            "Also the checkpoint of each step."
        })
public final class MigrationShowVerb extends Verb {
    @Parameters(paramLabel = "ID", description = "The migration.")
    private MigrationId id = new MigrationId("unset");

    /// Creates it.
    public MigrationShowVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        MigrationDetails details = session.migrations().show(id);
        session.output().show(answer(details), () -> Migrations.details(details));
        return ExitCode.DONE;
    }

    static GetMigrationAnswer answer(MigrationDetails details) {
        GetMigrationAnswer.Builder answer =
                GetMigrationAnswer.newBuilder()
                        .setMigration(MigrationCodec.encode(details.migration()));
        details.checkpoints().forEach(each -> answer.addCheckpoints(MigrationCodec.encode(each)));
        return answer.build();
    }
}
