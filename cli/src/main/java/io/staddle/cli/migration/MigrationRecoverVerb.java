package io.staddle.cli.migration;

import io.staddle.api.codec.RecoveryCodec;
import io.staddle.api.model.AbortCode;
import io.staddle.api.query.RecoveryDecision;
import io.staddle.api.v1.PreviewRecoveryAnswer;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;

/// `migration recover`
@Command(
        name = "recover",
        description = {
            "Shows what the leader does about each migration that goes on, with --dry-run.",
            "It does so by itself, ten times a second; a new leader waits before it aborts."
        })
public final class MigrationRecoverVerb extends Verb {
    @Option(names = "--dry-run", description = "Show it.")
    private boolean dryRun;

    /// Creates it.
    public MigrationRecoverVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        if (!dryRun) {
            throw CliException.usage(
                    "the leader recovers migrations by itself",
                    "To see what it does: staddle migration recover --dry-run");
        }
        List<RecoveryDecision> decisions = session.migrations().previewRecovery();
        PreviewRecoveryAnswer.Builder answer = PreviewRecoveryAnswer.newBuilder();
        decisions.forEach(each -> answer.addDecisions(RecoveryCodec.encode(each)));
        session.output().table(answer.build(), () -> table(decisions));
        if (decisions.isEmpty()) {
            session.say("No migration goes on.");
        }
        return ExitCode.DONE;
    }

    private static Table table(List<RecoveryDecision> decisions) {
        Table table =
                new Table(
                        Column.left("MIGRATION"),
                        Column.left("ACTION"),
                        Column.left("CODE"),
                        Column.left("BECAUSE"));
        for (RecoveryDecision each : decisions) {
            table.row(
                    each.migration().value(),
                    each.action().name(),
                    each.code().map(AbortCode::name).orElse(""),
                    each.reason());
        }
        return table;
    }
}
