package io.staddle.statemachine.migration;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.GhostCommand.AdjustGhost;
import io.staddle.api.command.GhostCommand.CleanupMigrations;
import io.staddle.api.command.GhostCommand.SweepGhosts;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedMigration;
import io.staddle.storage.Cursor;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Present;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what stays of ghosts, and of migrations that are over.
public final class GhostRules {
    private GhostRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(GhostCommand command, Reads view, Tick tick) {
        return switch (command) {
            case AdjustGhost adjust -> adjust(adjust, view);
            case SweepGhosts sweep -> sweep(sweep, view);
            case CleanupMigrations cleanup -> cleanUp(cleanup, view, tick);
        };
    }

    private static Decision adjust(AdjustGhost adjust, Reads view) {
        Optional<Ghost> known =
                view.get(Schema.GHOSTS, new GhostPlace(adjust.vShard(), adjust.source()));
        if (known.isEmpty()) {
            return adjust.references() == 0
                    ? accept(new Answer.Noted())
                    : refuse(new Refusal.GhostNotFound(adjust.vShard(), adjust.source()));
        }
        Ghost ghost = known.get();
        if (ghost.references() == adjust.references()) {
            return accept(new Answer.GhostStub(ghost));
        }
        if (ghost.version() != adjust.seenVersion()) {
            return refuse(
                    new Refusal.VersionConflict(
                            "ghost of vShard " + ghost.vShard() + " at",
                            ghost.source().value(),
                            adjust.seenVersion(),
                            ghost.version()));
        }
        if (adjust.references() == 0) {
            return accept(new Answer.Noted(), new MigrationEvent.GhostPurged(ghost));
        }
        Ghost next = ghost.needed(adjust.references());
        return accept(new Answer.GhostStub(next), new MigrationEvent.GhostAdjusted(next));
    }

    private static Decision sweep(SweepGhosts sweep, Reads view) {
        List<Event> events =
                sweep.verdicts().stream()
                        .filter(verdict -> verdict.finding() == Finding.PURGE)
                        .flatMap(verdict -> unchanged(verdict, view).stream())
                        .distinct()
                        .<Event>map(MigrationEvent.GhostPurged::new)
                        .toList();
        return accept(new Answer.Noted(), events);
    }

    private static Optional<Ghost> unchanged(GhostVerdict verdict, Reads view) {
        return view.get(Schema.GHOSTS, new GhostPlace(verdict.vShard(), verdict.source()))
                .filter(ghost -> ghost.version() == verdict.seenVersion());
    }

    private static Decision cleanUp(CleanupMigrations cleanup, Reads view, Tick tick) {
        long before = tick.nowMillis() - Configs.of(view).get(Setting.MIGRATION_RETENTION_MILLIS);
        List<MigrationId> old = new ArrayList<>();
        try (Cursor<TimedMigration, Present> cursor =
                view.scan(Schema.MIGRATION_ENDS, KeyRange.all())) {
            while (old.size() < cleanup.max() && cursor.hasNext()) {
                TimedMigration next = cursor.next().key();
                if (next.atMillis() > before) {
                    break;
                }
                old.add(next.migration());
            }
        }
        Answer answer = new Answer.Removed("migrations", old.size());
        return old.isEmpty()
                ? accept(answer)
                : accept(answer, new MigrationEvent.MigrationsForgotten(old));
    }
}
