package io.staddle.statemachine.machine;

import io.staddle.api.command.BarrierCommand;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Barriers as one would write them without tables: a list of all that ever were, and each vote in
/// a map. What the rules answer is compared with this.
final class NaiveBarriers {
    static final String DONE = "DONE";

    /// One barrier.
    static final class Round {
        final long epoch;
        final String checkpoint;
        final long token;
        final boolean holds;
        final long timeout;
        final Map<NodeId, Long> incarnations = new TreeMap<>();
        final Map<NodeId, Vote> votes = new TreeMap<>();
        NodeId restarted = new NodeId("nobody");
        long deadline;
        String end = "";

        private Round(BarrierCommand.BeginBarrier begin, long epoch, boolean holds, long timeout) {
            this.epoch = epoch;
            checkpoint = begin.checkpoint().value();
            token = begin.token().value();
            this.holds = holds;
            this.timeout = timeout;
            begin.participants().forEach(each -> incarnations.put(each.node(), each.incarnation()));
        }

        boolean isReady() {
            return incarnations.keySet().stream()
                    .allMatch(node -> votes.get(node) instanceof Vote.Prepared);
        }

        String status() {
            return end.isEmpty() ? isReady() ? "READY" : "PREPARE" : end;
        }

        OptionalLong mark() {
            List<OptionalLong> marks =
                    votes.values().stream()
                            .map(vote -> ((Vote.Prepared) vote).watermark())
                            .toList();
            boolean held = holds && marks.stream().anyMatch(OptionalLong::isEmpty);
            return held
                    ? OptionalLong.empty()
                    : marks.stream().flatMapToLong(OptionalLong::stream).min();
        }
    }

    /// One scope.
    static final class Scope {
        final List<Round> rounds = new ArrayList<>();
        WatermarkPolicy policy = WatermarkPolicy.HOLD;
        boolean solo;
        long version;
        Optional<NodeId> leader = Optional.empty();
        long incarnation;
        long token;
        long lease;
        long until;
        long mark = Long.MIN_VALUE;

        long last() {
            return rounds.isEmpty() ? 0 : rounds.getLast().epoch;
        }
    }

    final Map<ScopeId, Scope> scopes = new HashMap<>();
    private long now;

    /// All that is open, and all leases, have their whole time again.
    void lead(long nowMillis) {
        for (Scope scope : scopes.values()) {
            if (scope.until > 0) {
                scope.until = Math.max(scope.until, nowMillis + scope.lease);
            }
            scope.rounds.forEach(
                    round -> round.deadline = Math.max(round.deadline, nowMillis + round.timeout));
        }
    }

    /// Applies a command; returns DONE or the code of the refusal.
    String apply(BarrierCommand command, long nowMillis) {
        now = nowMillis;
        return switch (command) {
            case BarrierCommand.ConfigureScope c -> configure(c);
            case BarrierCommand.AcquireCoordinator c -> acquire(c);
            case BarrierCommand.ReleaseCoordinator c -> release(c);
            case BarrierCommand.BeginBarrier c -> begin(c);
            case BarrierCommand.AckBarrier c -> vote(c);
            case BarrierCommand.CommitBarrier c -> commit(c);
            case BarrierCommand.AbortBarrier c -> abort(c);
            case BarrierCommand.ExpireBarriers _ -> {
                scopes.values().stream()
                        .flatMap(scope -> scope.rounds.stream())
                        .filter(round -> round.end.isEmpty() && now >= round.deadline)
                        .forEach(round -> round.end = "ABORTED");
                yield DONE;
            }
            case BarrierCommand.PruneBarriers _ -> DONE;
        };
    }

    private String configure(BarrierCommand.ConfigureScope c) {
        Scope scope = scopes.getOrDefault(c.scope(), new Scope());
        boolean same =
                scopes.containsKey(c.scope())
                        && scope.policy == c.policy()
                        && scope.solo == c.solo();
        if (!same && c.seenVersion() != scope.version) {
            return "VERSION_CONFLICT";
        }
        scopes.put(c.scope(), scope);
        scope.policy = c.policy();
        scope.solo = c.solo();
        scope.version += same ? 0 : 1;
        return DONE;
    }

    private String acquire(BarrierCommand.AcquireCoordinator c) {
        Scope scope = scopes.getOrDefault(c.scope(), new Scope());
        boolean itself = scope.leader.equals(Optional.of(c.node()));
        if (itself && c.incarnation() < scope.incarnation) {
            return "STALE_INCARNATION";
        }
        if (!itself && now < scope.until) {
            return "HELD";
        }
        scopes.put(c.scope(), scope);
        scope.token += itself && c.incarnation() == scope.incarnation ? 0 : 1;
        scope.leader = Optional.of(c.node());
        scope.incarnation = c.incarnation();
        scope.lease = c.leaseMillis() == 0 ? 5_000 : c.leaseMillis();
        scope.until = now + scope.lease;
        return DONE;
    }

    private String release(BarrierCommand.ReleaseCoordinator c) {
        Scope scope = scopes.get(c.scope());
        if (scope == null) {
            return "NOT_FOUND";
        }
        if (scope.token != c.token().value()) {
            return "STALE_TOKEN";
        }
        scope.until = 0;
        return DONE;
    }

    private String begin(BarrierCommand.BeginBarrier c) {
        Scope scope = scopes.get(c.scope());
        if (scope == null) {
            return "NOT_FOUND";
        }
        if (scope.token != c.token().value()) {
            return "STALE_TOKEN";
        }
        Map<NodeId, Long> wanted = new TreeMap<>();
        c.participants().stream()
                .filter(each -> each.ballot().isEmpty())
                .forEach(each -> wanted.put(each.node(), each.incarnation()));
        if (!scope.rounds.isEmpty()) {
            Round last = scope.rounds.getLast();
            if (last.token == scope.token && last.checkpoint.equals(c.checkpoint().value())) {
                return last.incarnations.equals(wanted) ? DONE : "ALREADY_EXISTS";
            }
            if (last.end.isEmpty()) {
                return "BARRIER_IN_FLIGHT";
            }
        }
        if (c.participants().isEmpty() && !scope.solo) {
            return "NO_PARTICIPANTS";
        }
        if (c.epoch() != 0 && c.epoch() <= scope.last()) {
            return "OUT_OF_RANGE";
        }
        long epoch = c.epoch() == 0 ? scope.last() + 1 : c.epoch();
        long timeout = c.timeoutMillis() == 0 ? 30_000 : c.timeoutMillis();
        Round round = new Round(c, epoch, scope.policy == WatermarkPolicy.HOLD, timeout);
        round.deadline = now + timeout;
        scope.rounds.add(round);
        return DONE;
    }

    private String vote(BarrierCommand.AckBarrier c) {
        Round round = round(c.barrier());
        if (round == null) {
            return "NOT_FOUND";
        }
        Long incarnation = round.incarnations.get(c.node());
        if (incarnation == null) {
            return "NOT_PARTICIPANT";
        }
        if (c.incarnation() < incarnation) {
            return "STALE_INCARNATION";
        }
        boolean later = c.incarnation() > incarnation;
        if (later ? round.restarted.equals(c.node()) : c.vote().equals(round.votes.get(c.node()))) {
            return DONE;
        }
        if (!round.end.isEmpty()) {
            return "BARRIER_DECIDED";
        }
        if (later) {
            round.restarted = c.node();
            round.end = "ABORTED";
            return DONE;
        }
        if (now > round.deadline) {
            return "DEADLINE_PASSED";
        }
        if (c.vote() instanceof Vote.Prepared && round.votes.containsKey(c.node())) {
            return "ACK_CONFLICT";
        }
        round.votes.put(c.node(), c.vote());
        round.end = c.vote() instanceof Vote.Failed ? "ABORTED" : "";
        return DONE;
    }

    private String commit(BarrierCommand.CommitBarrier c) {
        Round round = round(c.barrier());
        if (round == null) {
            return "NOT_FOUND";
        }
        Scope scope = scopes.getOrDefault(c.barrier().scope(), new Scope());
        return switch (round.status()) {
            case "COMMITTED" -> DONE;
            case "ABORTED" -> "BARRIER_DECIDED";
            case "PREPARE" -> "NOT_READY";
            default -> {
                if (scope.token != c.token().value()) {
                    yield "STALE_TOKEN";
                }
                round.end = "COMMITTED";
                scope.mark = Math.max(scope.mark, round.mark().orElse(Long.MIN_VALUE));
                yield DONE;
            }
        };
    }

    private String abort(BarrierCommand.AbortBarrier c) {
        Round round = round(c.barrier());
        if (round == null) {
            return "NOT_FOUND";
        }
        if (!round.end.isEmpty()) {
            return round.end.equals("ABORTED") ? DONE : "BARRIER_DECIDED";
        }
        long token = c.token().value();
        if (token != 0 && token != scopes.getOrDefault(c.barrier().scope(), new Scope()).token) {
            return "STALE_TOKEN";
        }
        round.end = "ABORTED";
        return DONE;
    }

    private @Nullable Round round(BarrierId id) {
        Scope scope = scopes.get(id.scope());
        return scope == null
                ? null
                : scope.rounds.stream()
                        .filter(each -> each.epoch == id.epoch())
                        .findFirst()
                        .orElse(null);
    }
}
