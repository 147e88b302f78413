package io.staddle.statemachine.ratis;

import io.staddle.api.answer.Outcome;
import io.staddle.statemachine.machine.Entry;

import java.util.List;

/// An entry that this server proposed: its commands need not be decoded again when it is applied
/// here, and its outcomes need not be encoded to get back.
public final class PendingEntry {
    private final Entry entry;
    private final EntryStages stages;
    private volatile boolean started;
    private volatile List<Outcome> outcomes = List.of();

    /// Holds an entry that is about to be proposed.
    ///
    /// @param stages is told how far it gets
    public PendingEntry(Entry entry, EntryStages stages) {
        this.entry = entry;
        this.stages = stages;
    }

    /// Tells whether Ratis took it: from then on it may be committed, whatever Ratis says.
    public boolean isStarted() {
        return started;
    }

    /// Tells whether it was applied here as this server's own, so that it has its outcomes.
    public boolean isApplied() {
        return outcomes.size() == entry.proposals().size();
    }

    /// Returns what came of the commands; empty until the entry was applied here.
    public List<Outcome> outcomes() {
        return outcomes;
    }

    Entry entry() {
        return entry;
    }

    void start() {
        started = true;
    }

    void committed(long index) {
        stages.committed(index);
    }

    void applied(List<Outcome> result) {
        outcomes = result;
        stages.applied();
    }
}
