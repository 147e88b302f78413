package io.staddle.api.command;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

/// What can never be right in commands.
final class Checks {
    private Checks() {}

    static void expect(boolean holds, String field, String expected, Object found) {
        if (!holds) {
            throw new MalformedException(new Expectation(field, expected, found.toString()));
        }
    }

    static void notNegative(String field, long value) {
        inRange(field, value, 0, Long.MAX_VALUE);
    }

    static void positive(String field, long value) {
        inRange(field, value, 1, Long.MAX_VALUE);
    }

    static void inRange(String field, long value, long min, long max) {
        if (value < min || value > max) {
            String expected = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
            throw new MalformedException(new Expectation(field, expected, Long.toString(value)));
        }
    }
}
