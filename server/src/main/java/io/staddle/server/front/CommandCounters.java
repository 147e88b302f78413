package io.staddle.server.front;

import io.prometheus.metrics.core.metrics.Histogram;
import io.staddle.server.metrics.Histograms;

import java.util.concurrent.atomic.LongAdder;

/// What the command front has counted since it was made.
///
/// @param outcomes commands by kind and outcome
/// @param failedEntries entries that got no outcomes
/// @param overloaded calls that found it full
/// @param vitalOverloaded those of them that have to go on
/// @param keptOut calls that were turned away because the disk is nearly full
/// @param entrySizes the commands of each entry
/// @param commitSeconds of each entry with outcomes, the time from its proposal to them
public record CommandCounters(
        OutcomeTally outcomes,
        LongAdder failedEntries,
        LongAdder overloaded,
        LongAdder vitalOverloaded,
        LongAdder keptOut,
        Histogram entrySizes,
        Histogram commitSeconds) {
    CommandCounters() {
        this(
                new OutcomeTally(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                Histograms.ofSizes(
                        "staddle_entry_commands", "Commands in a log entry that was proposed here"),
                Histograms.ofSeconds(
                        "staddle_commit_seconds", "From the proposal of an entry to its outcomes"));
    }
}
