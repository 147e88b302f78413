package io.staddle.statemachine.machine;

import static io.staddle.statemachine.machine.Naive.DONE;

import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.Setting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// Replay queues as one would write them without bounds: lists of all writes that ever came, and
/// sets of all names that were ever seen.
final class NaiveReplay {
    private final Naive all;
    private final Map<ClusterId, List<ReplayWrite>> writes = new TreeMap<>();
    private final Map<ClusterId, Integer> acked = new TreeMap<>();
    private final Map<ClusterId, Set<WriteId>> seen = new TreeMap<>();
    private final Map<ClusterId, Map<ClusterId, Long>> settled = new TreeMap<>();

    NaiveReplay(Naive all) {
        this.all = all;
    }

    String apply(ReplayCommand command) {
        ClusterId target = command.target();
        if (!all.clusters.containsKey(target)) {
            return "NOT_FOUND";
        }
        return switch (command) {
            case ReplayCommand.Append c -> append(c);
            case ReplayCommand.Acknowledge c ->
                    c.throughSeq() > list(target).size()
                            ? "OUT_OF_RANGE"
                            : take(target, c.throughSeq());
            case ReplayCommand.Truncate c -> {
                if (c.throughSeq() > list(target).size()) {
                    yield "OUT_OF_RANGE";
                }
                boolean gone = c.throughSeq() <= acked(target);
                yield gone || c.seenAckedSeq() == acked(target)
                        ? take(target, c.throughSeq())
                        : "VERSION_CONFLICT";
            }
            case ReplayCommand.Settle c -> settle(c);
        };
    }

    /// What waits in a queue, with its places, in words.
    List<String> waiting(ClusterId target) {
        List<ReplayWrite> list = list(target);
        List<String> waiting = new ArrayList<>();
        for (int i = acked(target); i < list.size(); i++) {
            ReplayWrite write = list.get(i);
            waiting.add(i + 1 + ":" + write.id() + "=" + write.value().toStringUtf8());
        }
        return waiting;
    }

    int backlog(ClusterId target) {
        return list(target).size() - acked(target);
    }

    private String append(ReplayCommand.Append append) {
        ClusterId target = append.target();
        for (ReplayWrite write : append.writes()) {
            if (!all.clusters.containsKey(write.id().origin())) {
                return "NOT_FOUND";
            }
        }
        Set<WriteId> names = new LinkedHashSet<>(seen(target));
        List<ReplayWrite> fresh = new ArrayList<>();
        for (ReplayWrite write : append.writes()) {
            WriteId id = write.id();
            if (id.seq() > settled(target, id.origin()) && names.add(id)) {
                fresh.add(write);
            }
        }
        if (!fresh.isEmpty()
                && backlog(target) + fresh.size() > all.setting(Setting.REPLAY_ENTRIES_MAX)) {
            return "BUFFER_FULL";
        }
        long valueMax = all.setting(Setting.REPLAY_VALUE_BYTES_MAX);
        if (fresh.stream().anyMatch(write -> write.value().size() > valueMax)) {
            return "TOO_LARGE";
        }
        for (ReplayWrite write : append.writes()) {
            if (all.isFenced(write.id().origin())) {
                return "CLUSTER_FENCED";
            }
        }
        for (ReplayWrite write : fresh) {
            ClusterId origin = write.id().origin();
            long before = gaps(target, origin, seen(target));
            long after = gaps(target, origin, names);
            if (after > Math.max(before, all.setting(Setting.REPLAY_GAPS_MAX))) {
                return "TOO_MANY_GAPS";
            }
        }
        seen.put(target, names);
        list(target).addAll(fresh);
        return DONE;
    }

    private long gaps(ClusterId target, ClusterId origin, Set<WriteId> names) {
        long first = settled(target, origin) + 1;
        long last =
                names.stream()
                        .filter(id -> id.origin().equals(origin))
                        .mapToLong(WriteId::seq)
                        .max()
                        .orElse(0);
        return LongStream.rangeClosed(first, last)
                .filter(seq -> !names.contains(new WriteId(origin, seq)))
                .filter(seq -> seq == first || names.contains(new WriteId(origin, seq - 1)))
                .count();
    }

    private String take(ClusterId target, long through) {
        acked.put(target, Math.max(acked(target), (int) through));
        return DONE;
    }

    private String settle(ReplayCommand.Settle settle) {
        if (!all.clusters.containsKey(settle.origin())) {
            return "NOT_FOUND";
        }
        long before = settled(settle.target(), settle.origin());
        long highest =
                seen(settle.target()).stream()
                        .filter(id -> id.origin().equals(settle.origin()))
                        .mapToLong(WriteId::seq)
                        .max()
                        .orElse(0);
        if (settle.through() > Math.max(before, highest) + 1_000_000) {
            return "OUT_OF_RANGE";
        }
        settled.computeIfAbsent(settle.target(), _ -> new TreeMap<>())
                .put(settle.origin(), Math.max(before, settle.through()));
        return DONE;
    }

    private long settled(ClusterId target, ClusterId origin) {
        return settled.getOrDefault(target, Map.of()).getOrDefault(origin, 0L);
    }

    private Set<WriteId> seen(ClusterId target) {
        return seen.computeIfAbsent(target, _ -> new HashSet<>());
    }

    private List<ReplayWrite> list(ClusterId target) {
        return writes.computeIfAbsent(target, _ -> new ArrayList<>());
    }

    private int acked(ClusterId target) {
        return acked.getOrDefault(target, 0);
    }
}
