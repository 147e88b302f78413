package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.query.ReplayQueries;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Random commands about the queues of few clusters, with numbers that repeat, jump and go back.
final class RandomReplay {
    private static final ConsumerId CONSUMER = new ConsumerId("c");

    private final SplittableRandom random;
    private final Reads view;
    private final ClusterId target;
    private final List<ClusterId> clusters;

    private RandomReplay(SplittableRandom random, Reads view, List<ClusterId> clusters) {
        this.random = random;
        this.view = view;
        this.clusters = clusters;
        target = cluster();
    }

    /// Returns the next command for the state that `view` shows.
    static Command next(SplittableRandom random, Reads view, List<ClusterId> clusters) {
        return new RandomReplay(random, view, clusters).next();
    }

    private Command next() {
        ReplayQueue queue =
                new ReplayQueries(view)
                        .status(target)
                        .map(status -> status.queue())
                        .orElseGet(() -> ReplayQueue.empty(target));
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new ReplayCommand.Acknowledge(target, place(queue), CONSUMER);
            case 3 ->
                    new ReplayCommand.Truncate(
                            target,
                            place(queue),
                            random.nextInt(4) == 0 ? random.nextInt(4) : queue.ackedSeq(),
                            "drill");
            case 4 -> settle();
            case 5 -> config();
            default ->
                    new ReplayCommand.Append(
                            target,
                            Stream.generate(this::write).limit(random.nextInt(1, 5)).toList());
        };
    }

    private long place(ReplayQueue queue) {
        return Math.max(1, queue.ackedSeq() + random.nextInt((int) queue.entries() + 3) - 1);
    }

    private ReplayWrite write() {
        ClusterId origin = cluster();
        long highest = origin(origin).highest();
        long seq =
                switch (random.nextInt(6)) {
                    case 0 -> random.nextLong(highest + 3);
                    case 1 -> highest + random.nextInt(5);
                    default -> highest + 1;
                };
        return new ReplayWrite(
                new WriteId(origin, Math.max(1, seq)),
                new ReplayKey("k" + random.nextInt(3)),
                ByteString.copyFromUtf8("v".repeat(random.nextInt(9))));
    }

    private Command settle() {
        ClusterId origin = cluster();
        long jump = random.nextInt(10) == 0 ? 1_000_005 : random.nextInt(8);
        long through = origin(origin).highest() + jump - 4;
        return new ReplayCommand.Settle(target, origin, Math.max(1, through));
    }

    private Command config() {
        List<Map<String, String>> changes =
                List.of(
                        Map.of("replay.max-entries", "" + (1 + random.nextInt(12))),
                        Map.of("replay.max-value-bytes", "" + (4 + random.nextInt(5))),
                        Map.of("replay.max-gaps", "" + random.nextInt(4)));
        return new AdminCommand.PutConfig(
                changes.get(random.nextInt(changes.size())), new Queries(view).config().version());
    }

    private ReplayOrigin origin(ClusterId origin) {
        return new ReplayQueries(view)
                .status(target)
                .map(status -> status.origin(origin))
                .orElseGet(() -> ReplayOrigin.none(origin));
    }

    private ClusterId cluster() {
        return clusters.get(random.nextInt(clusters.size()));
    }
}
