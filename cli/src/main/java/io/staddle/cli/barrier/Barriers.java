package io.staddle.cli.barrier;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.CommittedBarrier;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Vote;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.ScopeState;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.client.Result;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Shows scopes and their barriers.
final class Barriers {
    private Barriers() {}

    /// Shows how a command ended that answers with a barrier.
    static ExitCode conclude(Session session, Result<BarrierRecord> result) {
        return session.conclude(result, Answer.Barrier::new, done -> line(done.value()));
    }

    static Table scopes(List<ScopeState> scopes) {
        Table table =
                new Table(
                        Column.left("SCOPE"),
                        Column.left("COORDINATOR"),
                        Column.right("TOKEN"),
                        Column.right("LAST"),
                        Column.right("COMMITTED"),
                        Column.left("OPEN"),
                        Column.left("WATERMARK"));
        for (ScopeState state : scopes) {
            BarrierScope scope = state.scope();
            table.row(
                    Cell.of(scope.id().value()),
                    Cell.of(scope.coordinator().node().map(NodeId::value).orElse("")),
                    Cell.of(scope.coordinator().token().toString()),
                    Cell.of("" + scope.lastEpoch()),
                    Cell.of(scope.committed().map(CommittedBarrier::epoch).orElse(0L).toString()),
                    Cell.of(state.open().map(open -> open.status() + votes(open)).orElse("")),
                    Cell.of(mark(scope.watermark())));
        }
        return table;
    }

    static Table barriers(List<BarrierRecord> barriers) {
        Table table =
                new Table(
                        Column.right("EPOCH"),
                        Column.left("CHECKPOINT"),
                        Column.left("STATUS"),
                        Column.right("PREPARED"),
                        Column.left("BEGUN"),
                        Column.left("WHY"));
        for (BarrierRecord barrier : barriers) {
            table.row(
                    Cell.of("" + barrier.id().epoch()),
                    Cell.of(barrier.checkpoint().value()),
                    new Cell(barrier.status().name(), tone(barrier.status())),
                    Cell.of(votes(barrier).strip()),
                    Cell.of(Figures.time(barrier.beganMillis())),
                    Cell.of(why(barrier)));
        }
        return table;
    }

    static String details(BarrierDetails details) {
        BarrierRecord barrier = details.barrier();
        return """
        barrier    %s, checkpoint %s, begun with token %s
        status     %s%s
        begun      %s, may take %s, until %s
        watermark  %s so far (%s)
        %s\
        """
                .formatted(
                        barrier.id(),
                        barrier.checkpoint(),
                        barrier.token(),
                        barrier.status(),
                        why(barrier).isEmpty() ? "" : ": " + why(barrier),
                        Figures.time(barrier.beganMillis()),
                        Figures.duration(Duration.ofMillis(barrier.timeoutMillis())),
                        Figures.time(barrier.deadlineMillis()),
                        mark(barrier.tally().watermark(barrier.policy())),
                        barrier.policy(),
                        details.participants().stream()
                                .map(Barriers::line)
                                .collect(Collectors.joining()));
    }

    static String line(BarrierRecord barrier) {
        return "barrier %s is %s%s".formatted(barrier.id(), barrier.status(), votes(barrier));
    }

    private static String line(Participation participant) {
        return "%-10s incarnation %s, %s%n"
                .formatted(
                        participant.node(),
                        participant.incarnation(),
                        participant.ballot().map(Barriers::words).orElse("has not voted"));
    }

    private static String words(Ballot ballot) {
        String vote =
                switch (ballot.vote()) {
                    case Vote.Prepared(var watermark) -> "prepared, watermark " + mark(watermark);
                    case Vote.Failed(var code, var text) -> "failed, " + code + ": " + text;
                };
        return vote + " at " + Figures.time(ballot.atMillis());
    }

    private static String why(BarrierRecord barrier) {
        return switch (barrier.decision()) {
            case BarrierDecision.Open open -> "";
            case BarrierDecision.Committed committed -> "watermark " + mark(committed.watermark());
            case BarrierDecision.Aborted(var code, var reason, var nodes, var at) ->
                    code
                            + (nodes.isEmpty() ? "" : " " + nodes)
                            + (reason.isEmpty() ? "" : " (" + reason + ")");
        };
    }

    private static String votes(BarrierRecord barrier) {
        return " " + barrier.tally().prepared() + "/" + barrier.tally().participants();
    }

    private static String mark(OptionalLong watermark) {
        return watermark.isPresent() ? "" + watermark.getAsLong() : "not known";
    }

    private static Tone tone(BarrierStatus status) {
        return switch (status) {
            case COMMITTED -> Tone.GOOD;
            case ABORTED -> Tone.BAD;
            case READY -> Tone.WARN;
            case PREPARE -> Tone.PLAIN;
        };
    }
}
