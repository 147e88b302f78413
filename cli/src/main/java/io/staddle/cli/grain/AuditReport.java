package io.staddle.cli.grain;

import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.model.Ownership;
import io.staddle.api.v1.ClaimFinding;
import io.staddle.api.v1.ClaimsReport;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.client.audit.AuditSummary;
import io.staddle.client.audit.Claim;
import io.staddle.client.audit.Finding;
import io.staddle.client.audit.Finding.Kind;

import java.util.List;
import java.util.stream.Collectors;

/// How an audit of claims is shown.
final class AuditReport {
    private AuditReport() {}

    static ClaimsReport message(AuditSummary summary, List<Finding> shown) {
        return ClaimsReport.newBuilder()
                .setIndex(summary.index())
                .setClaims(summary.claims())
                .setGrains(summary.grains())
                .setInFlight(summary.inFlight())
                .setZombies(summary.count(Kind.ZOMBIE))
                .setOrphans(summary.count(Kind.ORPHAN))
                .setDoubles(summary.count(Kind.DOUBLE))
                .setUnknown(summary.count(Kind.UNKNOWN))
                .addAllFindings(shown.stream().map(AuditReport::message).toList())
                .build();
    }

    static Table table(List<Finding> shown) {
        Table table =
                new Table(
                        Column.left("KIND"),
                        Column.left("GRAIN"),
                        Column.left("DIRECTORY"),
                        Column.left("CLAIMED BY"));
        for (Finding each : shown) {
            table.row(
                    new Cell(each.kind().name(), Tone.BAD),
                    Cell.of(each.actual().grain().toString()),
                    Cell.of(actual(each.actual())),
                    Cell.of(
                            each.claims().stream()
                                    .map(AuditReport::claim)
                                    .collect(Collectors.joining(", "))));
        }
        return table;
    }

    static String words(AuditSummary summary) {
        return "%s, %s of the directory, compared as of entry %d: %s. In flight: %s."
                .formatted(
                        Figures.count(summary.claims(), "claim"),
                        Figures.count(summary.grains(), "grain"),
                        summary.index(),
                        summary.isClean() ? "nothing is wrong" : counts(summary),
                        Figures.count(summary.inFlight()));
    }

    private static String counts(AuditSummary summary) {
        return "%s zombie, %s orphan, %s double, %s unknown"
                .formatted(
                        Figures.count(summary.count(Kind.ZOMBIE)),
                        Figures.count(summary.count(Kind.ORPHAN)),
                        Figures.count(summary.count(Kind.DOUBLE)),
                        Figures.count(summary.count(Kind.UNKNOWN)));
    }

    private static String actual(Ownership actual) {
        return switch (actual) {
            case Ownership.Unowned _ -> "unknown";
            case Ownership.Owned owned -> owned.by() + " in epoch " + owned.epoch();
            case Ownership.Stranded stranded -> "stranded, epoch " + stranded.epoch();
            case Ownership.Released released -> "released, epoch " + released.epoch();
        };
    }

    private static String claim(Claim claim) {
        return claim.claimant() + ": " + claim.held().holder() + " in " + claim.held().epoch();
    }

    private static ClaimFinding message(Finding finding) {
        ClaimFinding.Builder message =
                ClaimFinding.newBuilder()
                        .setKind(kind(finding.kind()))
                        .setOwnership(OwnershipCodec.encode(finding.actual()));
        for (Claim each : finding.claims()) {
            message.addClaimsBuilder()
                    .setClaimant(each.claimant())
                    .setOwner(each.held().holder().value())
                    .setEpoch(each.held().epoch().value());
        }
        return message.build();
    }

    private static ClaimFinding.Kind kind(Kind kind) {
        return switch (kind) {
            case ZOMBIE -> ClaimFinding.Kind.KIND_ZOMBIE;
            case ORPHAN -> ClaimFinding.Kind.KIND_ORPHAN;
            case DOUBLE -> ClaimFinding.Kind.KIND_DOUBLE;
            case UNKNOWN -> ClaimFinding.Kind.KIND_UNKNOWN;
        };
    }
}
