package io.staddle.api.codec;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

/// Makes the exception for a message that can never be right.
final class Malformed {
    private Malformed() {}

    static MalformedException of(String field, String expected, String found) {
        return new MalformedException(new Expectation(field, expected, found));
    }
}
