package io.staddle.api.refusal;

import io.staddle.api.refusal.Refusal.ServerTooOld;
import io.staddle.api.refusal.Refusal.UnsafeMembership;

/// The refusals about who is in the quorum, in words.
final class MemberRefusalText {
    private MemberRefusalText() {}

    static RefusalText of(Refusal.OfMembers refusal) {
        return switch (refusal) {
            case UnsafeMembership(var server, var why, var next) ->
                    new RefusalText(
                            "UNSAFE_MEMBERSHIP",
                            Remedy.RETRY_LATER,
                            "nothing was changed about server \"%s\": %s".formatted(server, why),
                            next);
            case ServerTooOld(var server, var asked, var newest) ->
                    new RefusalText(
                            "SERVER_TOO_OLD",
                            Remedy.RETRY_LATER,
                            "feature level %s was asked for, and server \"%s\" %s"
                                    .formatted(asked, server, has(newest)),
                            "Start that server with the new version, then try again. To see what"
                                    + " each has: staddle server list.");
        };
    }

    private static String has(int newest) {
        return newest == 0 ? "does not say what it has" : "has only those up to " + newest;
    }
}
