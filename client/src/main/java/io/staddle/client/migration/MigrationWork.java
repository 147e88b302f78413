package io.staddle.client.migration;

import io.staddle.api.command.MigrationCommand.ReportProgress;
import io.staddle.api.command.RoutingCommand.ReportGroup;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationRecord;
import io.staddle.client.StaddleClient;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// What one node does for one migration: at each turn what the phase asks of its data plane, which
/// may be done already, and then a report. One thread calls it.
final class MigrationWork implements Workers.Turn {
    private static final Logger LOG = System.getLogger(MigrationWork.class.getName());

    /// How soon to look again while nobody waits.
    private static final Duration CALM = Duration.ofMillis(50);

    /// How soon the target looks again at how far it has got while writes are paused, or about to
    /// be: so long they wait. That Staddle has gone on it is told.
    private static final Duration HASTE = Duration.ofMillis(5);

    /// How old a report of progress may get.
    private static final Duration REPORT = Duration.ofSeconds(1);

    private final MigrationId id;
    private final NodeLife life;
    private final MigrationDataPlane plane;
    private final StaddleClient client;
    private DataProgress reported = DataProgress.UNKNOWN;
    private long reportedPhaseVersion;
    private long reportedNanos;

    /// The latest step that a turn has looked at: events may tell of one before it.
    private long seenPhaseVersion;

    /// The step that is known to be in effect here.
    private long donePhaseVersion;

    /// What an event said, and no turn has looked at.
    private final AtomicReference<@Nullable MigrationRecord> heard = new AtomicReference<>();

    MigrationWork(MigrationId id, NodeLife life, MigrationDataPlane plane, StaddleClient client) {
        this.id = id;
        this.life = life;
        this.plane = plane;
        this.client = client;
    }

    /// Takes note of how the migration is now, for the next turn: that need not ask then. From any
    /// thread.
    void hear(MigrationRecord now) {
        heard.set(now);
    }

    @Override
    public Optional<Duration> take() {
        MigrationRecord seen = see();
        seenPhaseVersion = seen.stage().phaseVersion();
        return turn(seen);
    }

    private MigrationRecord see() {
        MigrationRecord news = heard.getAndSet(null);
        return news != null && news.stage().phaseVersion() >= seenPhaseVersion
                ? news
                : client.migrations().show(id).migration();
    }

    /// Does what is to be done about the migration as it is seen. Returns how soon to look again;
    /// empty if nothing is left to do. It throws what the data plane and the client throw.
    private Optional<Duration> turn(MigrationRecord seen) {
        Move move = Move.of(seen);
        return switch (seen.phase()) {
            case ADD_LEARNER, CATCH_UP, PROMOTE_LEARNER, LEADERSHIP_TRANSFER ->
                    Optional.of(advance(seen, move));
            case CUTOVER -> finish(seen, move);
            case ABORTED -> undo(seen, move);
            case COMPLETED -> Optional.empty();
        };
    }

    private Duration advance(MigrationRecord seen, Move move) {
        if (!life.mayAdvance(seen)) {
            return CALM;
        }
        return switch (seen.phase()) {
            case ADD_LEARNER -> {
                // Who votes already is not waited for any longer than until it has all.
                if (join(seen, () -> plane.addLearner(move), "add learner")) {
                    progressed(seen, plane.progress(move));
                }
                yield CALM;
            }
            case CATCH_UP -> {
                progressed(seen, plane.progress(move));
                yield CALM;
            }
            case PROMOTE_LEARNER -> {
                boolean votes = join(seen, () -> plane.promote(move), "promote");
                if (votes) {
                    progressed(seen, plane.progress(move));
                }
                yield votes ? haste(seen) : CALM;
            }
            case LEADERSHIP_TRANSFER -> {
                if (isTaken(seen) || pause(seen, move)) {
                    donePhaseVersion = seen.stage().phaseVersion();
                    progressed(seen, plane.progress(move));
                }
                yield haste(seen);
            }
            case CUTOVER, COMPLETED, ABORTED ->
                    throw new IllegalArgumentException("nothing advances " + seen.phase());
        };
    }

    private Duration haste(MigrationRecord seen) {
        boolean isSaid =
                reportedPhaseVersion == seen.stage().phaseVersion() && reported.isComplete();
        return life.isTargetOf(seen) && !isSaid ? HASTE : CALM;
    }

    private boolean isTaken(MigrationRecord seen) {
        return donePhaseVersion == seen.stage().phaseVersion();
    }

    /// Changes the members and tells Staddle, both once a step. Returns whether that is done.
    private boolean join(MigrationRecord seen, Supplier<Effect> call, String what) {
        if (!isTaken(seen) && isDone(call.get(), what, Move.of(seen))) {
            observed(seen);
            donePhaseVersion = seen.stage().phaseVersion();
        }
        return isTaken(seen);
    }

    /// An election under the pause would make it longer.
    private boolean pause(MigrationRecord seen, Move move) {
        boolean isLed =
                !seen.header().movesLeader()
                        || isDone(plane.transferLeadership(move), "transfer leadership", move);
        return isLed && isDone(plane.pauseWrites(move), "pause writes", move);
    }

    private Optional<Duration> finish(MigrationRecord seen, Move move) {
        boolean over =
                isDone(plane.resumeWrites(move, move.moved()), "resume writes", move)
                        && isDone(plane.fence(move), "fence", move);
        if (over && !seen.fenced()) {
            client.migrations().confirmFence(seen.id(), move.target()).orThrow();
        }
        return Optional.of(over ? CALM : haste(seen));
    }

    private Optional<Duration> undo(MigrationRecord seen, Move move) {
        boolean over =
                isDone(plane.resumeWrites(move, move.undone()), "resume writes", move)
                        && isDone(plane.fence(move), "fence", move)
                        && isDone(plane.removeMember(move), "remove member", move);
        if (!over) {
            return Optional.of(CALM);
        }
        if (!seen.fenced()) {
            client.migrations().confirmFence(seen.id(), move.source()).orThrow();
        }
        return Optional.empty();
    }

    private void observed(MigrationRecord seen) {
        if (life.isTargetOf(seen)) {
            client.routing()
                    .reportGroup(
                            new ReportGroup(
                                    seen.header().group(),
                                    life.node(),
                                    life.incarnation(),
                                    seen.stage().waiting().value(),
                                    Optional.empty(),
                                    0))
                    .orThrow();
        }
    }

    private void progressed(MigrationRecord seen, DataProgress now) {
        if (!life.isTargetOf(seen) || !isNews(seen, now)) {
            return;
        }
        MigrationHeader header = seen.header();
        client.migrations()
                .reportProgress(
                        new ReportProgress(
                                header.id(),
                                seen.stage().phaseVersion(),
                                header.targetIncarnation(),
                                now.sourceIndex(),
                                now.targetIndex(),
                                now.estimatedPauseMicros()))
                .orThrow();
        reported = now;
        reportedPhaseVersion = seen.stage().phaseVersion();
        reportedNanos = System.nanoTime();
    }

    /// Each report is an entry of the log: only what may let the next step be taken goes at once.
    private boolean isNews(MigrationRecord seen, DataProgress now) {
        if (seen.stage().phaseVersion() != reportedPhaseVersion) {
            return true;
        }
        long age = System.nanoTime() - reportedNanos;
        return now.isComplete() && !reported.isComplete()
                || age >= REPORT.toNanos()
                || !now.equals(reported) && age >= CALM.toNanos();
    }

    private boolean isDone(Effect effect, String what, Move move) {
        return switch (effect) {
            case Effect.Done done -> true;
            case Effect.Pending pending -> {
                LOG.log(Level.DEBUG, "{0}, {1}: {2}", move.id(), what, pending.why());
                yield false;
            }
            case Effect.Fenced fenced -> {
                LOG.log(
                        Level.DEBUG,
                        "{0}, {1}: number {2} comes too late, the highest is {3}",
                        move.id(),
                        what,
                        move.number(),
                        fenced.highest());
                yield false;
            }
        };
    }
}
