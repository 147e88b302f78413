package io.staddle.cli.migration;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.query.BalancePlan;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.List;

/// `migration apply`
///
/// A plan is kept nowhere: its id is a fingerprint of its moves and of what was looked at. So it is
/// found again by planning anew.
@Command(
        name = "apply",
        description = {
            "Begins all moves of a plan, exactly as it was shown, or none.",
            "Refused if what the plan looked at has changed: then plan again."
        })
public final class MigrationApplyVerb extends Verb {
    @Parameters(paramLabel = "PLAN", description = "Its id, from migration plan.")
    private PlanId plan = PlanId.NONE;

    @Mixin private final Wish wish = new Wish();

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            description = "For how long writes of each may be paused, at least 1ms. Default: 500ms")
    private Duration budget = Duration.ofMillis(500);

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public MigrationApplyVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        BalancePlan found = session.migrations().plan(wish.chosen());
        if (!found.id().equals(plan) || found.shifts().isEmpty()) {
            throw CliException.refused(
                    "PLAN_CHANGED: there is no plan "
                            + plan
                            + " now; what it looked at has changed",
                    "Plan again and decide anew. With --drain or --fill, if it was planned so.");
        }
        session.shell().err().print(Balances.moves(found).render(session.ink()));
        session.shell().err().flush();
        confirmation.seek(
                session.shell(),
                "This moves " + Figures.count(found.shifts().size(), "vShard"),
                plan.value());
        Result<List<MigrationRecord>> result =
                session.migrations().apply(found, budget.toMillis() * 1_000);
        return session.conclude(
                result,
                Answer.Migrations::new,
                done ->
                        "%s begun (revision %s). To see them: staddle migration list"
                                .formatted(
                                        Figures.count(done.value().size(), "migration"),
                                        done.revision()));
    }
}
