package io.staddle.client.barrier;

import io.staddle.client.Result;
import io.staddle.client.StaddleDeadlineException;
import io.staddle.client.StaddleOverloadedException;
import io.staddle.client.StaddleUnavailableException;

import java.util.function.Supplier;

/// Asks again, as long as nobody answers: the servers have no leader for a moment, or none can be
/// reached. Interrupting the thread ends it.
final class Patience {
    private static final long PAUSE_MILLIS = 20;

    private Patience() {}

    /// Returns the first answer to a question.
    static <T> T answer(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (StaddleUnavailableException
                    | StaddleDeadlineException
                    | StaddleOverloadedException nobodyThere) {
                pause();
            }
        }
    }

    /// Returns the outcome of a command, which is safe to repeat.
    static <T> Result<T> outcome(Supplier<Result<T>> command) {
        while (true) {
            Result<T> result = answer(command);
            if (!(result instanceof Result.Unknown<T>)) {
                return result;
            }
            pause();
        }
    }

    static void pause() {
        pause(PAUSE_MILLIS);
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    /// The thread was interrupted while it waited.
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("interrupted while nobody answered");
        }
    }
}
