package io.staddle.api.codec;

import io.staddle.api.refusal.Refusal;

import java.util.Map;
import java.util.Optional;

/// The facts of the refusals about who is in the quorum by name, and back.
final class MemberRefusalCodec {
    private MemberRefusalCodec() {}

    static Map<String, String> facts(Refusal.OfMembers refusal) {
        return switch (refusal) {
            case Refusal.UnsafeMembership(var server, var why, var next) ->
                    Map.of("server", server, "why", why, "next", next);
            case Refusal.ServerTooOld(var server, var asked, var newest) ->
                    Map.of("server", server, "asked", "" + asked, "newest", "" + newest);
        };
    }

    /// Returns the refusal of that code; empty if it is not one of these.
    static Optional<Refusal> decode(String code, Facts facts) {
        return Optional.ofNullable(
                switch (code) {
                    case "UNSAFE_MEMBERSHIP" ->
                            new Refusal.UnsafeMembership(
                                    facts.text("server"), facts.text("why"), facts.text("next"));
                    case "SERVER_TOO_OLD" ->
                            new Refusal.ServerTooOld(
                                    facts.text("server"),
                                    (int) facts.number("asked"),
                                    (int) facts.number("newest"));
                    default -> null;
                });
    }
}
