package io.staddle.client;

import io.staddle.api.id.Revision;
import io.staddle.api.refusal.Refusal;

import java.util.function.Function;

/// How a command ended.
///
/// @param <T> what an accepted command answers with
public sealed interface Result<T> {
    /// The command was accepted, now or when it was first sent.
    ///
    /// @param revision where in the log it was decided
    record Done<T>(Revision revision, T value) implements Result<T> {}

    /// The command was refused.
    ///
    /// A refusal changes nothing. But if the answer to an earlier attempt was lost, that attempt
    /// may have been accepted, and the refusal be about the repetition: the record that the refusal
    /// carries is the truth.
    ///
    /// @param revision where in the log it was decided
    record Refused<T>(Revision revision, Refusal why) implements Result<T> {}

    /// The deadline passed without an answer: the command may have been carried out, may still be,
    /// or not. Commands are idempotent, so it is safe to repeat it.
    record Unknown<T>(String why) implements Result<T> {}

    /// Returns the answer of an accepted command.
    ///
    /// @throws StaddleRefusedException if it was refused
    /// @throws StaddleUnknownOutcomeException if nobody knows
    default T orThrow() {
        return switch (this) {
            case Done<T> done -> done.value();
            case Refused<T> refused -> throw new StaddleRefusedException(refused.why());
            case Unknown<T> unknown -> throw new StaddleUnknownOutcomeException(unknown.why());
        };
    }

    /// Returns the same result with another view of its answer.
    default <U> Result<U> map(Function<? super T, ? extends U> view) {
        return switch (this) {
            case Done<T> done -> new Done<>(done.revision(), view.apply(done.value()));
            case Refused<T> refused -> new Refused<>(refused.revision(), refused.why());
            case Unknown<T> unknown -> new Unknown<>(unknown.why());
        };
    }
}
