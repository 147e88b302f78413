package io.staddle.statemachine.replay;

import io.staddle.api.command.ReplayCommand.Append;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.WriteFate;
import io.staddle.statemachine.state.QueueOrigin;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a queue makes of the writes of one append: which are new and get which place, and what is
/// known of their origins afterwards.
final class Intake {
    private final ReplayQueue queue;
    private final Map<ClusterId, ReplayOrigin> before = new TreeMap<>();
    private final Map<ClusterId, ReplayOrigin> grown = new TreeMap<>();
    private final List<WriteFate> fates;
    private final List<ReplayEntry> entries;
    private long bytes;

    private Intake(ReplayQueue queue, int writes) {
        this.queue = queue;
        fates = new ArrayList<>(writes);
        entries = new ArrayList<>(writes);
    }

    static Intake of(Append append, ReplayQueue queue, Reads view, long nowMillis) {
        Intake intake = new Intake(queue, append.writes().size());
        for (ReplayWrite write : append.writes()) {
            ClusterId origin = write.id().origin();
            ReplayOrigin known =
                    intake.before.computeIfAbsent(
                            origin, each -> origin(append.target(), each, view));
            intake.take(write, intake.grown.getOrDefault(origin, known), nowMillis);
        }
        return intake;
    }

    static ReplayOrigin origin(ClusterId target, ClusterId origin, Reads view) {
        return view.get(Schema.REPLAY_ORIGINS, new QueueOrigin(target, origin))
                .orElseGet(() -> ReplayOrigin.none(origin));
    }

    private void take(ReplayWrite write, ReplayOrigin known, long nowMillis) {
        WriteId id = write.id();
        if (known.isSettled(id.seq())) {
            fates.add(new WriteFate.Settled());
        } else if (known.isKnown(id.seq())) {
            fates.add(new WriteFate.Known());
        } else {
            long seq = queue.nextSeq() + entries.size();
            fates.add(new WriteFate.Appended(seq));
            entries.add(new ReplayEntry(seq, write, nowMillis));
            grown.put(id.origin(), known.with(id.seq()));
            bytes += write.bytes();
        }
    }

    /// One a write, in their order.
    List<WriteFate> fates() {
        return fates;
    }

    /// The writes that are new.
    List<ReplayEntry> entries() {
        return entries;
    }

    /// The bytes of those that are new.
    long bytes() {
        return bytes;
    }

    /// What is known afterwards of the origins of those that are new.
    List<ReplayOrigin> grown() {
        return List.copyOf(grown.values());
    }

    /// The first origin that leaves more than `max` gaps, and more than it had left before.
    Optional<ReplayOrigin> withMoreGapsThan(long max) {
        return grown.values().stream()
                .filter(each -> each.gaps().size() > Math.max(max, gapsBefore(each)))
                .findFirst();
    }

    private int gapsBefore(ReplayOrigin grownOne) {
        return before.getOrDefault(grownOne.origin(), grownOne).gaps().size();
    }
}
