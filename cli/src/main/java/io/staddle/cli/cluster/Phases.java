package io.staddle.cli.cluster;

import io.staddle.api.id.MoveId;
import io.staddle.api.query.FailoverPhase;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table.Cell;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// How far the failover of a cluster has got, in words.
final class Phases {
    private Phases() {}

    /// Returns it in a few words: `in 12.3 s`, `due, held by MASS_SUSPECT_HOLD`, `done`. Nothing if
    /// there is no reason for one.
    static Cell cell(FailoverPhase phase) {
        return switch (phase) {
            case FailoverPhase.Monitoring _ -> Cell.of("");
            case FailoverPhase.Unreachable(_, var left, var heldBy) ->
                    new Cell("in " + duration(left) + codes(heldBy), Tone.WARN);
            case FailoverPhase.Promoting(var heldBy) -> new Cell("due" + codes(heldBy), Tone.BAD);
            case FailoverPhase.Promoted _ -> new Cell("done", Tone.WARN);
            case FailoverPhase.PromotedPartial(_, var stranded) ->
                    new Cell("done, " + Figures.count(stranded) + " stranded", Tone.BAD);
        };
    }

    /// Returns it in a sentence without a full stop, and a line for each thing that holds it back.
    static String sentence(FailoverPhase phase) {
        return switch (phase) {
            case FailoverPhase.Monitoring _ -> "none, and no reason for one";
            case FailoverPhase.Unreachable(var deadline, var left, var heldBy) ->
                    "in %s, at %s, unless it is heard before"
                                    .formatted(duration(left), Figures.time(deadline))
                            + reasons(heldBy);
            case FailoverPhase.Promoting(var heldBy) ->
                    (heldBy.isEmpty() ? "due now" : "due, but held back") + reasons(heldBy);
            case FailoverPhase.Promoted(var failover) -> done(failover);
            case FailoverPhase.PromotedPartial(var failover, var stranded) ->
                    done(failover)
                            + "; "
                            + Figures.count(stranded, "grain")
                            + " stranded: staddle failover show "
                            + failover;
        };
    }

    private static String done(MoveId failover) {
        return failover + ", open until the cluster is readmitted";
    }

    private static String duration(long millis) {
        return Figures.duration(Duration.ofMillis(Math.max(0, millis)));
    }

    private static String codes(List<Refusal> heldBy) {
        return heldBy.isEmpty()
                ? ""
                : heldBy.stream()
                        .map(why -> RefusalText.of(why).code())
                        .collect(Collectors.joining(", ", ", held by ", ""));
    }

    private static String reasons(List<Refusal> heldBy) {
        return heldBy.stream()
                .map(why -> "\n          held by " + RefusalText.of(why).message())
                .collect(Collectors.joining());
    }
}
