package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.command.BarrierCommand.ExpireBarriers;
import io.staddle.api.command.BarrierCommand.PruneBarriers;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand.ExpireLeases;
import io.staddle.api.command.DirectoryCommand.PurgeTombstones;
import io.staddle.api.command.GhostCommand.CleanupMigrations;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.Event;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.api.model.WriteFate;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Store;
import io.staddle.storage.View;

import java.util.List;

/// A directory on a store, one command an entry, that checks after each what must always hold: the
/// invariants, that a refusal changed nothing, and that the command repeated changes nothing.
final class Directory {
    private final Store store;
    private final Machine machine;
    private final Ledger ledger = new Ledger();
    private long clockMillis = 1_000_000;
    private long jumpMillis;
    private long term = 1;

    Directory(Store store) {
        this.store = store;
        machine = new Machine(store);
    }

    static Directory onHeap() {
        return new Directory(HeapStore.create(Schema.TABLES));
    }

    /// Lets time pass; a negative time is a leader whose clock is behind.
    void advance(long millis) {
        clockMillis += millis;
    }

    /// Sets the leader's clock forward, who says so with the next entry.
    void jump(long millis) {
        clockMillis += millis;
        jumpMillis = millis;
    }

    /// Lets another one lead, from the next entry on.
    void lead(long newTerm) {
        term = newTerm;
    }

    long term() {
        return term;
    }

    long clockMillis() {
        return clockMillis;
    }

    Store store() {
        return store;
    }

    /// Applies a command as an entry of its own; what only a leader may propose in its term.
    Outcome apply(Command command) {
        return apply(command, command.isOfLeader() ? term : 0);
    }

    /// Applies a command that was decided in a term as an entry of its own.
    Outcome apply(Command command, long decidedIn) {
        long index = Math.max(0, store.applied().index()) + 1;
        try (View before = store.view()) {
            List<Proposal> alone = List.of(Proposal.of(command).inTerm(decidedIn));
            Entry entry = new Entry(clockMillis, jumpMillis, alone);
            jumpMillis = 0;
            Outcome outcome = machine.apply(new LogPosition(term, index), entry).getFirst();
            try (View after = store.view()) {
                assertThat(Invariants.violations(after)).as("after %s", command).isEmpty();
                assertThat(Invariants.violationsBetween(before, after))
                        .as("over %s", command)
                        .isEmpty();
                assertThat(ledger.note(after)).as("after %s", command).isEmpty();
                if (outcome instanceof Outcome.Refused) {
                    assertThat(Transitions.historyEnd(after))
                            .isEqualTo(Transitions.historyEnd(before));
                }
                changesNothingTheSecondTime(command, outcome, after);
            }
            return outcome;
        }
    }

    /// Returns the events of the last entry.
    List<Event> lastEvents() {
        long index = store.applied().index();
        try (View view = store.view()) {
            return new Queries(view)
                    .events(index - 1, 1_000).events().stream().map(RecordedEvent::event).toList();
        }
    }

    private void changesNothingTheSecondTime(Command command, Outcome outcome, View after) {
        if (command instanceof ExpireLeases
                || command instanceof PurgeTombstones
                || command instanceof CleanupMigrations
                || command instanceof ExpireBarriers
                || command instanceof PruneBarriers) {
            return; // These take up where the last one left off.
        }
        if (outcome instanceof Outcome.Refused(_, Refusal.StaleTerm _)) {
            return; // It did not come to the rules.
        }
        Tick next =
                new Tick(
                        new Revision(store.applied().index() + 1, 0),
                        new Queries(after).logicalNowMillis());
        Decision again = Rules.decide(command, after, next);
        Decision expected =
                switch (outcome) {
                    case Outcome.Done(_, var answer) -> Decision.accept(answer);
                    case Outcome.Refused(_, var why) -> Decision.refuse(why);
                };
        if (outcome instanceof Outcome.Done(_, Answer.Appended appended)) {
            expected = Decision.accept(new Answer.Appended(appended.target(), skipped(appended)));
        }
        assertThat(again).as("%s, repeated", command).isEqualTo(expected);
    }

    /// What is appended is known the second time.
    private static List<WriteFate> skipped(Answer.Appended appended) {
        return appended.fates().stream()
                .map(fate -> fate instanceof WriteFate.Appended ? new WriteFate.Known() : fate)
                .toList();
    }
}
