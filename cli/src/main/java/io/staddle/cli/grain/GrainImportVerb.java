package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.query.Consistency;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.cli.transfer.Importer;
import io.staddle.cli.transfer.Importer.Plan;
import io.staddle.cli.transfer.RowFormat;
import io.staddle.client.AsyncGrainDirectory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.Optional;

/// `grain import`
@Command(
        name = "import",
        description = {
            "Records the owners of many grains from a file of NDJSON or CSV.",
            "",
            "A row has type, key, owner and perhaps epoch:",
            "  {\"type\":\"cart\",\"key\":\"42\",\"owner\":\"eu-1\",\"epoch\":7}",
            "CSV has a header that names these columns. A row with an epoch is imported with it,",
            "a row without is acquired. An export has more rows: those with the state",
            "released or stranded keep the epoch of a grain that nobody owns, those with floor",
            "that of forgotten ones. So no epoch falls when a deployment is moved.",
            "",
            "Interrupted, the same command goes on where it was. Repeated, it changes nothing:",
            "rows that stand already are counted as equal. Exit code 2 if a row was refused or",
            "malformed."
        })
public final class GrainImportVerb extends Verb {
    @Parameters(paramLabel = "FILE", description = "The file; - for the standard input.")
    private Path file = Path.of("-");

    @Option(
            names = "--owner",
            paramLabel = "CLUSTER",
            description = "Owns the rows that name no owner.")
    private Optional<ClusterId> owner = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "ndjson or csv; else told by the name or the first character.")
    private Optional<RowFormat> format = Optional.empty();

    @Option(
            names = "--refused",
            paramLabel = "FILE",
            description = "Write the rows that are refused to this file, each with why.")
    private Optional<Path> refused = Optional.empty();

    @Option(
            names = "--state-file",
            paramLabel = "FILE",
            description = "Where to note how far it got. Default: FILE.staddle-import")
    private Optional<Path> stateFile = Optional.empty();

    /// Creates it.
    public GrainImportVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws Exception {
        AsyncGrainDirectory grains = session.grains().async();
        Plan plan = new Plan(file, owner, format, refused, stateFile);
        return new Importer(
                        session,
                        grains::carryOut,
                        plan,
                        () ->
                                session.clusters()
                                        .overview(Consistency.LINEARIZABLE)
                                        .header()
                                        .index())
                .run();
    }
}
