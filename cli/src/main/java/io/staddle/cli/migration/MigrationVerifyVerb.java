package io.staddle.cli.migration;

import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.query.MigrationDetails;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `migration verify`
@Command(
        name = "verify",
        description = {
            "Computes the CRC-32C of every checkpoint of migrations anew, and compares.",
            "Ends with 2 if one is damaged or missing."
        })
public final class MigrationVerifyVerb extends Verb {
    @Option(
            names = "--finished",
            paramLabel = "N",
            description = "Of how many that are over, 0 to 10000. Default: 1000")
    private int finished = 1_000;

    /// Creates it.
    public MigrationVerifyVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<MigrationRecord> migrations = session.migrations().list(finished);
        long damaged = 0;
        long checkpoints = 0;
        for (MigrationRecord migration : migrations) {
            MigrationDetails details = session.migrations().show(migration.id());
            checkpoints += details.checkpoints().size();
            if (!isWhole(details)) {
                damaged++;
                session.say("migration " + migration.id() + " has lost or damaged checkpoints");
            }
        }
        session.output().figures(figures(migrations.size(), checkpoints, damaged));
        session.say(
                "%s of %s verified, %s damaged"
                        .formatted(
                                Figures.count(checkpoints, "checkpoint"),
                                Figures.count(migrations.size(), "migration"),
                                damaged));
        return damaged == 0 ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private static boolean isWhole(MigrationDetails details) {
        return details.checkpoints().size() == details.migration().stage().phaseVersion()
                && details.checkpoints().stream().allMatch(MigrationCheckpoint::isIntact);
    }

    private static Map<String, Long> figures(long migrations, long checkpoints, long damaged) {
        Map<String, Long> figures = new TreeMap<>();
        figures.put("migrations", migrations);
        figures.put("checkpoints", checkpoints);
        figures.put("damaged", damaged);
        return figures;
    }
}
