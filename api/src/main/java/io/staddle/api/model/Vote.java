package io.staddle.api.model;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.util.OptionalLong;

/// What a participant says to a barrier.
public sealed interface Vote {
    /// It has made what it needs to commit durable, and can commit it at any time, also after a
    /// restart.
    ///
    /// @param watermark how far its data is complete, in milliseconds of its own time; empty if it
    ///     does not know
    record Prepared(OptionalLong watermark) implements Vote {}

    /// It could not.
    ///
    /// @param code 1 to 64 characters in the words of the user's system, such as `DISK_FULL`
    /// @param text 1 to 1,024 characters for people
    record Failed(String code, String text) implements Vote {
        private static final int CODE_MAX = 64;
        private static final int TEXT_MAX = 1_024;

        /// Refuses a failure that says nothing, or too much.
        public Failed {
            require("code", code, CODE_MAX);
            require("text", text, TEXT_MAX);
        }

        private static void require(String field, String found, int max) {
            if (found.isBlank() || found.length() > max) {
                throw new MalformedException(
                        new Expectation(field, "1 to " + max + " characters", found));
            }
        }
    }
}
