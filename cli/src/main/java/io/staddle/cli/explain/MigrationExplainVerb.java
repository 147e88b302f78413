package io.staddle.cli.explain;

import io.staddle.api.codec.ExplanationCodec;
import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.query.Explained;
import io.staddle.api.v1.ExplainMigrationAnswer;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `migration explain`
@Command(
        name = "explain",
        description = {
            "Tells why a migration stands where it stands, and what takes it further.",
            "Its steps, by whom and why; and what holds the next ones back."
        })
public final class MigrationExplainVerb extends Verb {
    @Parameters(paramLabel = "ID", description = "The migration.")
    private MigrationId id = new MigrationId("unset");

    /// Creates it.
    public MigrationExplainVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Explained<MigrationRecord> found = session.migrations().explain(id);
        ExplainMigrationAnswer answer =
                ExplainMigrationAnswer.newBuilder()
                        .setMigration(MigrationCodec.encode(found.value()))
                        .setExplanation(ExplanationCodec.encode(found.explanation()))
                        .build();
        session.output().show(answer, () -> Story.of(headline(found.value()), found.explanation()));
        return ExitCode.DONE;
    }

    private static String headline(MigrationRecord migration) {
        MigrationHeader header = migration.header();
        String since = Figures.time(migration.stage().sinceMillis());
        String way =
                "vShard %s from %s to %s"
                        .formatted(header.vShard(), header.source(), header.target());
        return switch (migration.end()) {
            case MigrationEnd.None _ ->
                    "%s moves %s and is in %s since %s"
                            .formatted(header.id(), way, migration.phase(), since);
            case MigrationEnd.Completed _ -> "%s moved %s at %s".formatted(header.id(), way, since);
            case MigrationEnd.Aborted(var code, var reason, var from, _) ->
                    "%s was to move %s; aborted in %s at %s: %s%s"
                            .formatted(
                                    header.id(),
                                    way,
                                    from,
                                    since,
                                    code,
                                    reason.isEmpty() ? "" : " (" + reason + ")");
        };
    }
}
