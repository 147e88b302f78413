package io.staddle.server.front;

import io.staddle.api.answer.Outcome;
import io.staddle.api.refusal.RefusalText;
import io.staddle.server.raft.PreparedCommand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts commands by their kind and what came of them, an entry at a time.
///
/// Both are known in advance, so the number of counts is bounded. A command costs two
/// lookups and allocates nothing but for the first of its kind.
public final class OutcomeTally {
    /// What accepted commands are counted under.
    public static final String DONE = "DONE";

    /// What commands without an answer are counted under: they may be decided all the same.
    public static final String UNANSWERED = "UNANSWERED";

    /// Guarded by this: by the class of the command, then that of the refusal.
    private final Map<Class<?>, Map<Class<?>, Count>> counts = new HashMap<>();

    /// How many commands of a kind had an outcome.
    ///
    /// @param kind of the command, such as `fail_over`
    /// @param outcome [#DONE], [#UNANSWERED] or the code of a refusal
    public record Line(String kind, String outcome, long commands) {}

    private static final class Count {
        private final String outcome;
        private long commands;

        Count(String outcome) {
            this.outcome = outcome;
        }
    }

    OutcomeTally() {}

    /// Returns all counts that are not 0, sorted.
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        Map<String, Map<Class<?>, Count>> sorted = new TreeMap<>();
        counts.forEach((kind, outcomes) -> sorted.put(Names.of(kind), outcomes));
        sorted.forEach((kind, outcomes) ->
                outcomes.values().stream()
                        .map(count -> new Line(kind, count.outcome, count.commands))
                        .forEach(lines::add));
        return lines;
    }

    synchronized void add(List<PreparedCommand> commands, List<Outcome> outcomes) {
        for (int i = 0; i < commands.size(); i++) {
            Map<Class<?>, Count> row = row(commands.get(i));
            switch (outcomes.get(i)) {
                case Outcome.Done _ -> add(row, Outcome.Done.class, DONE);
                case Outcome.Refused refused -> {
                    Count count = row.get(refused.why().getClass());
                    if (count == null) {
                        add(row, refused.why().getClass(), RefusalText.of(refused.why()).code());
                    } else {
                        count.commands++;
                    }
                }
            }
        }
    }

    synchronized void addUnanswered(List<PreparedCommand> commands) {
        commands.forEach(command -> add(row(command), Outcome.class, UNANSWERED));
    }

    private Map<Class<?>, Count> row(PreparedCommand command) {
        return counts.computeIfAbsent(
                command.proposal().command().getClass(), _ -> new HashMap<>());
    }

    private static void add(Map<Class<?>, Count> row, Class<?> outcome, String name) {
        row.computeIfAbsent(outcome, _ -> new Count(name)).commands++;
    }
}
