package io.staddle.client.barrier;

import io.staddle.client.Result;
import io.staddle.client.StaddleDeadlineException;
import io.staddle.client.StaddleInterruptedException;
import io.staddle.client.StaddleOverloadedException;
import io.staddle.client.StaddleUnavailableException;

import java.util.function.Supplier;

/// Asks again, as long as nobody answers: the servers have no leader for a moment, or none can be
/// reached. Interrupting the thread ends it, and so does [#end].
final class Patience {
    private static final long PAUSE_MILLIS = 20;

    private volatile boolean over;

    /// Lets whoever waits give up with its next question.
    void end() {
        over = true;
    }

    /// Returns the first answer to a question.
    ///
    /// @throws StaddleInterruptedException if it ended before
    <T> T answer(Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (StaddleUnavailableException
                    | StaddleDeadlineException
                    | StaddleOverloadedException nobodyThere) {
                pause(PAUSE_MILLIS);
            }
        }
    }

    /// Returns the outcome of a command, which is safe to repeat.
    ///
    /// @throws StaddleInterruptedException if it ended before
    <T> Result<T> outcome(Supplier<Result<T>> command) {
        while (true) {
            Result<T> result = answer(command);
            if (!(result instanceof Result.Unknown<T>)) {
                return result;
            }
            pause(PAUSE_MILLIS);
        }
    }

    /// Waits a while.
    ///
    /// @throws StaddleInterruptedException if it ended before
    void pause(long millis) {
        if (over) {
            throw new StaddleInterruptedException("closed while nobody answered");
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while nobody answered");
        }
    }
}
