package io.staddle.api.id;

/// The fencing token of a scope's coordinator. It grows with each other coordinator, and with each
/// other life of the same one; it never falls.
///
/// @param value 0 for [#NONE], else 1 and up
public record Token(long value) implements Comparable<Token> {
    /// The token of a scope that nobody ever coordinated.
    public static final Token NONE = new Token(0);

    /// Refuses what cannot be a token.
    ///
    /// @throws MalformedException if `value` is negative
    public Token {
        if (value < 0) {
            throw Names.malformed("token", "0 or more", Long.toString(value));
        }
    }

    /// Returns the token after this one.
    public Token next() {
        return new Token(value + 1);
    }

    @Override
    public int compareTo(Token other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
