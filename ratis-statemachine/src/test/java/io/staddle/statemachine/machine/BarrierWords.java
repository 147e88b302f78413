package io.staddle.statemachine.machine;

import io.staddle.api.event.BarrierEvent;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.CommittedBarrier;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Vote;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.query.ScopeState;
import io.staddle.statemachine.query.BarrierQueries;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Scopes and barriers in the few words of the row files.
final class BarrierWords {
    private static final long BEGINNING = 1_000_000;

    private BarrierWords() {}

    /// Returns the answer to a question about barriers; null if it is none.
    static @Nullable String question(String[] words, BarrierQueries queries) {
        return switch (words[0]) {
            case "standing" ->
                    queries.scope(new ScopeId(words[1])).map(BarrierWords::of).orElse("none");
            case "barrier" -> {
                String[] parts = words[1].split("/", 2);
                BarrierId id = new BarrierId(new ScopeId(parts[0]), Long.parseLong(parts[1]));
                yield queries.barrier(id).map(BarrierWords::of).orElse("none");
            }
            case "all" ->
                    queries.scope(new ScopeId(words[1])).stream()
                            .flatMap(state -> queries.barriers(state.scope(), 0, 100).stream())
                            .map(barrier -> barrier.id().epoch() + " " + barrier.status())
                            .collect(Collectors.joining(", "));
            default -> null;
        };
    }

    static String of(BarrierEvent event) {
        return switch (event) {
            case BarrierEvent.ScopeConfigured(var scope) ->
                    "scope "
                            + scope.id()
                            + " "
                            + scope.policy()
                            + (scope.solo() ? " solo" : "")
                            + " v"
                            + scope.version();
            case BarrierEvent.CoordinatorChanged(var scope, var who, _, var until) ->
                    "%s led by %s.%s t%s until %s"
                            .formatted(
                                    scope,
                                    who.node().orElseThrow(),
                                    who.incarnation(),
                                    who.token(),
                                    until - BEGINNING);
            case BarrierEvent.CoordinatorRenewed(var scope, _, var until) ->
                    scope + " renewed until " + (until - BEGINNING);
            case BarrierEvent.CoordinatorReleased(var scope, var token) ->
                    scope + " left by t" + token;
            case BarrierEvent.BarrierBegun(var barrier, var participants) ->
                    barrier.id()
                            + " begun by t"
                            + barrier.token()
                            + " "
                            + barrier.checkpoint()
                            + " "
                            + participants.stream().map(BarrierWords::of).toList();
            case BarrierEvent.BarrierAcknowledged(var id, var participant) ->
                    id + " " + of(participant);
            case BarrierEvent.BarrierReady(var barrier) -> barrier.id() + " ready";
            case BarrierEvent.BarrierCommitted(var barrier) -> of(barrier);
            case BarrierEvent.BarrierAborted(var barrier) -> of(barrier);
            case BarrierEvent.BarriersForgotten(var scope, var through) ->
                    scope + " forgot to " + through;
        };
    }

    private static String of(ScopeState state) {
        BarrierScope scope = state.scope();
        return "%s t%s until %s last %s committed %s mark %s%s"
                .formatted(
                        scope.coordinator().node().map(NodeId::value).orElse("nobody"),
                        scope.coordinator().token(),
                        state.untilMillis() == 0 ? "0" : state.untilMillis() - BEGINNING,
                        scope.lastEpoch(),
                        scope.committed().map(CommittedBarrier::epoch).orElse(0L),
                        of(scope.watermark()),
                        state.open().map(open -> ", " + of(open)).orElse(""));
    }

    private static String of(BarrierDetails details) {
        return of(details.barrier())
                + " "
                + details.participants().stream().map(BarrierWords::of).toList();
    }

    private static String of(BarrierRecord barrier) {
        String how =
                switch (barrier.decision()) {
                    case BarrierDecision.Open _ ->
                            " %s/%s until %s"
                                    .formatted(
                                            barrier.tally().prepared(),
                                            barrier.tally().participants(),
                                            barrier.deadlineMillis() - BEGINNING);
                    case BarrierDecision.Committed(var mark, var published, _) ->
                            " mark " + of(mark) + " of " + of(published);
                    case BarrierDecision.Aborted(var code, var reason, var nodes, _) ->
                            " " + code + " " + nodes + (reason.isEmpty() ? "" : " " + reason);
                };
        return barrier.id() + " " + barrier.status() + how;
    }

    private static String of(Participation participant) {
        String name =
                participant.node()
                        + (participant.incarnation() == 1 ? "" : ":" + participant.incarnation());
        return name + participant.ballot().map(Ballot::vote).map(BarrierWords::of).orElse("");
    }

    private static String of(Vote vote) {
        return switch (vote) {
            case Vote.Prepared(var watermark) -> " ok " + of(watermark);
            case Vote.Failed(var code, _) -> " fail " + code;
        };
    }

    private static String of(OptionalLong number) {
        return number.isPresent() ? "" + number.getAsLong() : "-";
    }
}
