package io.staddle.statemachine.replay;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ReplayCommand.Append;
import io.staddle.api.event.Event;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what is appended to a queue: all that is new, or nothing. What is known already counts
/// against no limit, so that an append whose answer was lost can be repeated.
final class AppendRules {
    private AppendRules() {}

    static Decision decide(Append append, Reads view, Tick tick) {
        List<ClusterId> origins =
                append.writes().stream().map(each -> each.id().origin()).distinct().toList();
        Optional<Refusal> unknown = ReplayRules.unknown(append.target(), origins, view);
        if (unknown.isPresent()) {
            return refuse(unknown.get());
        }
        ReplayQueue queue = ReplayRules.queue(append.target(), view);
        Intake intake = Intake.of(append, queue, view, tick.nowMillis());
        Config config = Configs.of(view);
        Optional<Refusal> refusal =
                full(queue, intake, config)
                        .or(() -> tooLarge(intake, config))
                        .or(() -> fenced(origins, view))
                        .or(() -> tooManyGaps(append.target(), intake, config));
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        return accept(new Answer.Appended(append.target(), intake.fates()), events(queue, intake));
    }

    private static Optional<Refusal> full(ReplayQueue queue, Intake intake, Config config) {
        return exceeds(queue, Setting.REPLAY_ENTRIES_MAX, config)
                .by(queue.entries(), intake.entries().size())
                .or(() ->
                        exceeds(queue, Setting.REPLAY_BYTES_MAX, config)
                                .by(queue.bytes(), intake.bytes()));
    }

    private static Limit exceeds(ReplayQueue queue, Setting setting, Config config) {
        return new Limit(queue.target(), setting, config.get(setting));
    }

    private record Limit(ClusterId target, Setting setting, long max) {
        Optional<Refusal> by(long used, long more) {
            return more > 0 && used + more > max
                    ? Optional.of(new Refusal.BufferFull(target, setting.key(), used, max))
                    : Optional.empty();
        }
    }

    private static Optional<Refusal> tooLarge(Intake intake, Config config) {
        long max = config.get(Setting.REPLAY_VALUE_BYTES_MAX);
        return intake.entries().stream()
                .map(ReplayEntry::write)
                .filter(write -> write.value().size() > max)
                .findFirst()
                .map(write ->
                        new Refusal.TooLarge(
                                "the value of " + write.id(), write.value().size(), max));
    }

    private static Optional<Refusal> fenced(List<ClusterId> origins, Reads view) {
        return origins.stream()
                .flatMap(origin -> view.get(Schema.CLUSTERS, origin).stream())
                .filter(ClusterRecord::isFenced)
                .findFirst()
                .map(cluster ->
                        new Refusal.ClusterFenced(cluster.id(), cluster.fence(), cluster.state()));
    }

    private static Optional<Refusal> tooManyGaps(ClusterId target, Intake intake, Config config) {
        long max = config.get(Setting.REPLAY_GAPS_MAX);
        return intake.withMoreGapsThan(max).map(origin -> tooManyGaps(target, origin, max));
    }

    private static Refusal tooManyGaps(ClusterId target, ReplayOrigin origin, long max) {
        long missing = origin.gaps().getFirst().from();
        return new Refusal.TooManyGaps(target, origin.origin(), missing, max);
    }

    private static List<Event> events(ReplayQueue queue, Intake intake) {
        List<Event> events = new ArrayList<>();
        if (!intake.entries().isEmpty()) {
            long first = intake.entries().getFirst().seq();
            long last = intake.entries().getLast().seq();
            if (queue.entries() == 0) {
                events.add(new ReplayEvent.Buffered(queue.target(), first));
            }
            events.add(new ReplayEvent.Queued(queue.target(), intake.entries(), intake.grown()));
            events.add(new ReplayEvent.Appended(queue.target(), first, last, intake.bytes()));
        }
        return events;
    }
}
