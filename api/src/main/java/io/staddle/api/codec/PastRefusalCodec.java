package io.staddle.api.codec;

import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;

import java.util.Map;
import java.util.Optional;

/// The facts of the refusals about states of the past by name, and back.
final class PastRefusalCodec {
    private PastRefusalCodec() {}

    static Map<String, String> facts(Refusal.OfPast refusal) {
        return switch (refusal) {
            case Refusal.Trimmed(var asked, var oldest, var millis) ->
                    facts(asked, "oldest", oldest, millis);
            case Refusal.NotYet(var asked, var newest, var millis) ->
                    facts(asked, "newest", newest, millis);
        };
    }

    /// Returns the refusal of that code; empty if it is not one of these.
    static Optional<Refusal> decode(String code, Facts facts) {
        return Optional.ofNullable(
                switch (code) {
                    case "TRIMMED" ->
                            new Refusal.Trimmed(
                                    facts.text("asked"),
                                    revision(facts, "oldest"),
                                    facts.number("oldestMillis"));
                    case "NOT_YET" ->
                            new Refusal.NotYet(
                                    facts.text("asked"),
                                    revision(facts, "newest"),
                                    facts.number("newestMillis"));
                    default -> null;
                });
    }

    private static Map<String, String> facts(
            String asked, String what, Revision revision, long millis) {
        return Map.of("asked", asked, what, revision.toString(), what + "Millis", "" + millis);
    }

    private static Revision revision(Facts facts, String name) {
        String text = facts.text(name);
        int dot = text.indexOf('.');
        try {
            return new Revision(
                    Long.parseLong(text.substring(0, Math.max(0, dot))),
                    Integer.parseInt(text.substring(dot + 1)));
        } catch (NumberFormatException e) {
            throw Malformed.of(name, "a revision", text);
        }
    }
}
