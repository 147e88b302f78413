package io.staddle.cli.grain;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.Revision;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.cli.transfer.ClaimsFiles;
import io.staddle.client.audit.AuditScope;
import io.staddle.client.audit.AuditSummary;
import io.staddle.client.audit.Claim;
import io.staddle.client.audit.ClaimsAudit;
import io.staddle.client.audit.Finding;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `grain audit`
@Command(
        name = "audit",
        description = {
            "Compares what owners believe that they own with what the directory says.",
            "",
            "Each file is one claimant's, a process say: NDJSON with type, key, owner and epoch,"
                    + " as",
            "`grain export` writes it. A line may have claimant and revision, and so may a first"
                    + " line",
            "with the state claims, for those after it:",
            "  {\"state\":\"claims\",\"owner\":\"eu\",\"claimant\":\"n3\",\"revision\":\"1234.0\"}",
            "The revision is the one up to which the claimant had heard of all changes; what"
                    + " changed",
            "later is not held against it, but counted as in flight.",
            "",
            "ZOMBIE: a claimant does not own the grain any more. ORPHAN: a cluster owns it and"
                    + " nobody",
            "in it claims it. DOUBLE: several claim it. UNKNOWN: there is no such grain or epoch.",
            "Exit code 2 if there is any."
        })
public final class GrainAuditVerb extends Verb {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The claims of one claimant.")
    private List<Path> files = List.of();

    @Option(
            names = "--owner",
            paramLabel = "CLUSTER",
            description = "Owns the claims that name no owner. Audited though it claims nothing.")
    private Optional<ClusterId> owner = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only grains of this type.")
    private Optional<GrainType> type = Optional.empty();

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description = "Of claims that have none, as 1234 or 1234.5. Default: now")
    private Optional<String> revision = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most findings to show, 1 to 100000; all are counted. Default: 100")
    private int limit = 100;

    /// Creates it.
    public GrainAuditVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        check();
        Revision seen = revision.map(ClaimsFiles::revision).orElse(Claim.ALL);
        ClaimsFiles claims = new ClaimsFiles(files, owner, seen);
        AuditScope scope = new AuditScope(claims.complete(), type);
        if (scope.complete().isEmpty()) {
            throw CliException.usage(
                    "there is no claim, so nobody to audit",
                    "To audit a cluster that claims nothing: --owner CLUSTER");
        }
        List<Finding> shown = new ArrayList<>();
        AuditSummary summary =
                new ClaimsAudit(session.grains())
                        .run(
                                scope,
                                claims,
                                finding -> {
                                    if (shown.size() < limit) {
                                        shown.add(finding);
                                    }
                                });
        session.output().table(AuditReport.message(summary, shown), () -> AuditReport.table(shown));
        return conclude(session, summary, shown);
    }

    private void check() {
        if (limit < 1 || limit > 100_000) {
            throw CliException.usage("--limit must be 1 to 100000, but is " + limit, "Correct it.");
        }
        for (Path file : files) {
            if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
                throw CliException.usage(
                        "there is no readable file " + file, "It is read more than once.");
            }
        }
    }

    private ExitCode conclude(Session session, AuditSummary summary, List<Finding> shown) {
        session.say(AuditReport.words(summary));
        if (summary.isClean()) {
            return ExitCode.DONE;
        }
        if (shown.size() == limit) {
            session.say("At most " + Figures.count(limit) + " are shown. To see more: --limit N");
        }
        for (Finding.Kind kind : Finding.Kind.values()) {
            shown.stream()
                    .filter(each -> each.kind() == kind)
                    .findFirst()
                    .ifPresent(first -> session.say(NextSteps.of(first)));
        }
        return ExitCode.REFUSED;
    }
}
