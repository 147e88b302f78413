package io.staddle.cli.barrier;

import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.cli.shell.Session;

/// The token that a verb acts with: the one that was given, or that of whoever coordinates now.
final class Tokens {
    private Tokens() {}

    /// @param given 0 for none
    static Token of(Session session, ScopeId scope, long given) {
        return given != 0
                ? new Token(given)
                : session.barriers()
                        .scope(scope)
                        .value()
                        .map(state -> state.scope().coordinator().token())
                        .orElse(Token.NONE);
    }
}
