package io.staddle.client.audit;

import io.staddle.api.id.Revision;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Since;
import io.staddle.client.audit.Finding.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is to be said about the claims on one grain. Pure: the same for the same arguments.
///
/// @param inFlight how many differences may be due to changes that the claimants had not heard of
record Judgement(List<Finding> findings, long inFlight) {
    /// Judges.
    ///
    /// @param actual whose the grain is, as of the newest revision that anybody had heard of, or
    ///     later
    /// @param claims those on this grain
    /// @param scope up to where claims are complete
    static Judgement of(Ownership actual, List<Claim> claims, AuditScope scope) {
        List<Claim> standing = new ArrayList<>();
        List<Claim> zombies = new ArrayList<>();
        List<Claim> unknown = new ArrayList<>();
        for (Claim claim : claims) {
            if (isRight(actual, claim)) {
                standing.add(claim);
            } else if (!hasChangedSince(claim.seen(), actual)) {
                standing.add(claim);
                (wasNeverGiven(actual, claim) ? unknown : zombies).add(claim);
            }
        }
        long inFlight = (long) claims.size() - standing.size();
        List<Finding> findings = new ArrayList<>();
        add(Kind.ZOMBIE, actual, zombies, findings);
        add(Kind.UNKNOWN, actual, unknown, findings);
        if (standing.stream().map(Judgement::whoClaims).distinct().count() > 1) {
            findings.add(new Finding(Kind.DOUBLE, actual, standing));
        }
        Optional<Revision> complete = missedBy(actual, claims, scope);
        if (complete.isPresent()) {
            if (hasChangedSince(complete.get(), actual)) {
                inFlight++;
            } else {
                findings.add(new Finding(Kind.ORPHAN, actual, List.of()));
            }
        }
        return new Judgement(findings, inFlight);
    }

    private static void add(
            Kind kind, Ownership actual, List<Claim> claims, List<Finding> findings) {
        if (!claims.isEmpty()) {
            findings.add(new Finding(kind, actual, claims));
        }
    }

    private static boolean isRight(Ownership actual, Claim claim) {
        return actual.isHeldBy(claim.held().holder(), claim.held().epoch());
    }

    /// A grain that was forgotten counts as one that is unknown: nothing says when that was.
    private static boolean wasNeverGiven(Ownership actual, Claim claim) {
        return actual instanceof Ownership.Unowned
                || claim.held().epoch().compareTo(actual.epoch()) > 0;
    }

    /// Returns up to where the owner's claims are complete, if the grain is not among them. A claim
    /// with an old epoch counts: the grain is not missing there.
    private static Optional<Revision> missedBy(
            Ownership actual, List<Claim> claims, AuditScope scope) {
        return actual.owner()
                .filter(owner ->
                        claims.stream().noneMatch(each -> owner.equals(each.held().holder())))
                .flatMap(owner -> Optional.ofNullable(scope.complete().get(owner)));
    }

    private static List<String> whoClaims(Claim claim) {
        return List.of(claim.claimant(), claim.held().holder().value());
    }

    private static boolean hasChangedSince(Revision seen, Ownership actual) {
        return since(actual).filter(then -> then.revision().compareTo(seen) > 0).isPresent();
    }

    private static Optional<Since> since(Ownership actual) {
        return switch (actual) {
            case Ownership.Unowned unowned -> Optional.empty();
            case Ownership.Owned owned -> Optional.of(owned.since());
            case Ownership.Stranded stranded -> Optional.of(stranded.since());
            case Ownership.Released released -> Optional.of(released.since());
        };
    }
}
