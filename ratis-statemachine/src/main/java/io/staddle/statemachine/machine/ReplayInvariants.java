package io.staddle.statemachine.machine;

import io.staddle.api.event.Event;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayOrigin.Gap;
import io.staddle.api.model.ReplayQueue;
import io.staddle.statemachine.state.QueueOrigin;
import io.staddle.statemachine.state.QueuePlace;
import io.staddle.statemachine.state.ReplayRow;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// I15: a queue holds each write once, in the order in which it was appended, until it was
/// acknowledged.
final class ReplayInvariants {
    private final Violations violations = new Violations();

    private ReplayInvariants() {}

    /// Returns what is wrong with the queues of a state.
    static List<String> violations(Reads view) {
        ReplayInvariants check = new ReplayInvariants();
        Map<ClusterId, List<Row<QueuePlace, ReplayRow>>> entries = new TreeMap<>();
        for (var row : Transitions.rows(view, Schema.REPLAY_ENTRIES)) {
            entries.computeIfAbsent(row.key().target(), _ -> new ArrayList<>()).add(row);
        }
        for (var row : Transitions.rows(view, Schema.REPLAY_QUEUES)) {
            List<Row<QueuePlace, ReplayRow>> mine = entries.remove(row.key());
            check.queue(row.value(), mine == null ? List.of() : mine, view);
        }
        check.violations.unless(
                entries.isEmpty(), "I15 entries without a queue: " + entries.keySet());
        Transitions.rows(view, Schema.REPLAY_ORIGINS).forEach(row -> check.gaps(row.value()));
        return check.violations.toList();
    }

    /// Returns what is wrong with the way from one state to a later one.
    static List<String> violationsBetween(Reads before, Reads after) {
        ReplayInvariants check = new ReplayInvariants();
        for (var row : Transitions.rows(before, Schema.REPLAY_QUEUES)) {
            Optional<ReplayQueue> now = after.get(Schema.REPLAY_QUEUES, row.key());
            check.violations.unless(
                    now.isPresent(), "I15 the queue of " + row.key() + " is forgotten");
            now.ifPresent(next -> check.queue(row.value(), next, before, after));
        }
        for (var row : Transitions.rows(before, Schema.REPLAY_ENTRIES)) {
            check.entry(row, after);
        }
        for (var row : Transitions.rows(before, Schema.REPLAY_ORIGINS)) {
            check.origin(row.key(), row.value(), after);
        }
        return check.violations.toList();
    }

    private void queue(ReplayQueue queue, List<Row<QueuePlace, ReplayRow>> entries, Reads view) {
        String name = "I15 the queue of " + queue.target();
        violations.unless(
                entries.size() == queue.entries(), name + " has other entries than " + queue);
        violations.unless(
                queue.backlogSeq() <= queue.ackedSeq() + 1,
                name + " has a backlog that begins after its first entry: " + queue);
        long seq = queue.ackedSeq();
        long bytes = queue.ackedBytes();
        Set<WriteId> ids = new LinkedHashSet<>();
        for (var row : entries) {
            seq++;
            bytes += row.value().write().bytes();
            WriteId id = row.value().write().id();
            violations.unless(row.key().seq() == seq, name + " lacks " + seq);
            violations.unless(
                    row.value().bytesThrough() == bytes, name + " miscounts bytes at " + seq);
            violations.unless(ids.add(id), name + " has " + id + " twice");
            violations.unless(isTaken(queue.target(), id, view), name + " does not know " + id);
        }
        violations.unless(queue.totalBytes() == bytes, name + " miscounts its bytes: " + queue);
    }

    private static boolean isTaken(ClusterId target, WriteId id, Reads view) {
        return view.get(Schema.REPLAY_ORIGINS, new QueueOrigin(target, id.origin()))
                .filter(origin -> origin.isKnown(id.seq()) || origin.isSettled(id.seq()))
                .isPresent();
    }

    private void gaps(ReplayOrigin origin) {
        long last = origin.settled() - 1;
        for (Gap gap : origin.gaps()) {
            violations.unless(
                    gap.from() > last + 1 && gap.to() >= gap.from() && gap.to() < origin.highest(),
                    "I15 the gaps of an origin are out of order: " + origin);
            last = gap.to();
        }
        violations.unless(
                origin.settled() <= origin.highest(), "I15 settled beyond the highest: " + origin);
    }

    private void queue(ReplayQueue was, ReplayQueue is, Reads before, Reads after) {
        violations.unless(
                is.nextSeq() >= was.nextSeq()
                        && is.ackedSeq() >= was.ackedSeq()
                        && is.totalBytes() >= was.totalBytes()
                        && is.backlogSeq() >= was.backlogSeq(),
                "I15 a queue went back: " + was + " -> " + is);
        if (is.ackedSeq() > was.ackedSeq()) {
            violations.unless(
                    is.ackedSeq() == told(is.target(), before, after),
                    "I15 nobody acknowledged or truncated: " + was + " -> " + is);
        }
    }

    /// How far events between the two states say that entries went.
    private static long told(ClusterId target, Reads before, Reads after) {
        long known = Transitions.historyEnd(before);
        return Transitions.rows(after, Schema.HISTORY, Transitions.from(Schema.HISTORY, known + 1))
                .stream()
                .flatMap(row -> row.value().events().stream())
                .map(RecordedEvent::event)
                .mapToLong(event -> through(event, target))
                .max()
                .orElse(0);
    }

    private static long through(Event event, ClusterId target) {
        if (event instanceof ReplayEvent.Acknowledged ack && ack.target().equals(target)) {
            return ack.throughSeq();
        }
        return event instanceof ReplayEvent.Truncated truncated && truncated.target().equals(target)
                ? truncated.throughSeq()
                : 0;
    }

    private void entry(Row<QueuePlace, ReplayRow> was, Reads after) {
        long acked =
                after.get(Schema.REPLAY_QUEUES, was.key().target())
                        .map(ReplayQueue::ackedSeq)
                        .orElse(0L);
        Optional<ReplayRow> is = after.get(Schema.REPLAY_ENTRIES, was.key());
        violations.unless(
                was.key().seq() <= acked ? is.isEmpty() : is.equals(Optional.of(was.value())),
                "I15 an entry went or changed, or stayed too long: " + was.key());
    }

    private void origin(QueueOrigin key, ReplayOrigin was, Reads after) {
        ReplayOrigin is =
                after.get(Schema.REPLAY_ORIGINS, key)
                        .orElseGet(() -> ReplayOrigin.none(key.origin()));
        boolean forgets =
                is.gaps().stream()
                        .filter(gap -> gap.from() <= was.highest())
                        .anyMatch(gap -> was.isSettled(gap.from()) || hasTaken(was, gap));
        violations.unless(
                is.highest() >= was.highest() && is.settled() >= was.settled() && !forgets,
                "I15 a write was forgotten: " + was + " -> " + is);
    }

    private static boolean hasTaken(ReplayOrigin origin, Gap gap) {
        return origin.isKnown(gap.from())
                || origin.isKnown(Math.min(gap.to(), origin.highest()))
                || origin.gaps().stream().noneMatch(each -> each.from() <= gap.from());
    }
}
