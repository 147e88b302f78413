package io.staddle.cli.migration;

import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `migration plan`
@Command(
        name = "plan",
        description = {
            "Shows which vShards should move now and why, and what is held back and why.",
            "Nodes that drain are emptied; then replicas and vShards are spread evenly, if they"
                    + " differ",
            "by more than balance.tolerance-percent. Changes nothing."
        })
public final class MigrationPlanVerb extends Verb {
    @Mixin private final Wish wish = new Wish();

    /// Creates it.
    public MigrationPlanVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Balances.show(session, session.migrations().plan(wish.chosen()));
        return ExitCode.DONE;
    }
}
