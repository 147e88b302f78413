package io.staddle.cli.grain;

import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.client.audit.Claim;
import io.staddle.client.audit.Finding;

/// What to do about what an audit of claims has found.
final class NextSteps {
    private NextSteps() {}

    /// Returns what to do about findings of that kind, with one of them as the example.
    static String of(Finding finding) {
        GrainId grain = finding.actual().grain();
        return switch (finding.kind()) {
            case ZOMBIE -> zombie(finding.claims().getFirst(), finding.actual());
            case ORPHAN -> orphan(finding, grain);
            case DOUBLE ->
                    "DOUBLE: stop all but one of them, or fence them off their stores: within a"
                            + " cluster the directory cannot tell which of its processes is meant.";
            case UNKNOWN ->
                    ("UNKNOWN: have the claimant drop it; if it should own it: staddle grain"
                         + " acquire %s --owner %s. Many of them: is this the right deployment?")
                            .formatted(grain, finding.claims().getFirst().held().holder());
        };
    }

    private static String zombie(Claim claim, Ownership actual) {
        GrainId grain = actual.grain();
        if (actual.owner().filter(claim.held().holder()::equals).isPresent()) {
            return ("ZOMBIE: have %s look it up again: %s owns it in epoch %s now, and stores that"
                            + " check fences refuse its epoch %s: staddle grain lookup %s")
                    .formatted(
                            claim.claimant(),
                            claim.held().holder(),
                            actual.epoch(),
                            claim.held().epoch(),
                            grain);
        }
        return ("ZOMBIE: stop %s, or have it drop the grain; stores that check fences refuse its"
                        + " epoch %s. If it should own it: staddle grain reassign %s --to %s")
                .formatted(claim.claimant(), claim.held().epoch(), grain, claim.held().holder());
    }

    private static String orphan(Finding finding, GrainId grain) {
        return ("ORPHAN: have a process of the cluster load it; or let go of it: staddle grain"
                        + " release %s --owner %s --epoch %s; or give it away: staddle grain"
                        + " reassign %s --to CLUSTER")
                .formatted(
                        grain,
                        finding.actual().owner().orElseThrow(),
                        finding.actual().epoch(),
                        grain);
    }
}
