package io.staddle.cli.explain;

import io.staddle.api.codec.EventCodec;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.query.Explanation;
import io.staddle.api.query.Prospect;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.api.v1.Event;
import io.staddle.cli.events.EventWords;
import io.staddle.cli.output.Figures;

/// Writes an explanation for people: what made it so, then what would change it, with the next
/// step.
final class Story {
    private Story() {}

    /// @param headline what is explained, in a sentence without a full stop
    static String of(String headline, Explanation explanation) {
        StringBuilder text = new StringBuilder(headline).append("\n\nWhy:\n");
        if (explanation.moreCauses()) {
            text.append("  (there were older causes)\n");
        }
        explanation.causes().forEach(each -> text.append(cause(each)));
        if (explanation.causes().isEmpty()) {
            text.append("  (nothing that is still in history)\n");
        }
        text.append("\nWhat would change it:\n");
        explanation.prospects().forEach(each -> text.append(prospect(each)));
        return text.toString();
    }

    private static String cause(RecordedEvent recorded) {
        Event event = EventCodec.encode(recorded);
        return "  %s  %-9s %s %s%s%n"
                .formatted(
                        EventWords.time(event),
                        EventWords.revision(event),
                        EventWords.kind(event),
                        EventWords.what(event.getBody()),
                        EventWords.origin(EventWords.actor(event), EventWords.reason(event)));
    }

    private static String prospect(Prospect prospect) {
        StringBuilder text = new StringBuilder();
        text.append("  %-20s %s%n".formatted(prospect.action(), prospect.outcome()));
        if (prospect.dueMillis() > 0) {
            line("not before " + Figures.time(prospect.dueMillis()), text);
        }
        for (Refusal why : prospect.heldBy()) {
            RefusalText words = RefusalText.of(why);
            line("held back by " + words.code() + ": " + words.message(), text);
        }
        if (prospect.heldBy().isEmpty()) {
            line(prospect.command().isEmpty() ? "by itself" : prospect.command(), text);
        } else {
            line("next: " + RefusalText.of(prospect.heldBy().getFirst()).next(), text);
        }
        return text.toString();
    }

    private static void line(String words, StringBuilder to) {
        to.append("  %-20s   %s%n".formatted("", words));
    }
}
