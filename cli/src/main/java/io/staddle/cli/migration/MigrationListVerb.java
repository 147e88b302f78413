package io.staddle.cli.migration;

import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.v1.ListMigrationsAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/// `migration list`
@Command(
        name = "list",
        description = "Shows the migrations that go on, then the newest of those that are over.")
public final class MigrationListVerb extends Verb {
    @Option(
            names = "--finished",
            paramLabel = "N",
            description = "How many that are over, 0 to 10000. Default: 20")
    private int finished = 20;

    /// Creates it.
    public MigrationListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<MigrationRecord> migrations = session.migrations().list(finished);
        ListMigrationsAnswer.Builder answer = ListMigrationsAnswer.newBuilder();
        migrations.forEach(each -> answer.addMigrations(MigrationCodec.encode(each)));
        session.output().table(answer.build(), () -> Migrations.table(migrations));
        if (migrations.isEmpty()) {
            session.say("There are no migrations.");
        }
        return ExitCode.DONE;
    }
}
