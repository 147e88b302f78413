package io.staddle.client;

import io.staddle.api.answer.Answer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/// Makes many calls, a bounded number at a time, and gathers their answers in order.
///
/// The first call that fails ends the whole; the rest is not sent.
final class Bulk<I, O> {
    private final List<? extends I> items;
    private final Function<I, CompletableFuture<O>> call;
    private final AtomicReferenceArray<O> answers;
    private final CompletableFuture<List<O>> all = new CompletableFuture<>();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final int window;

    // Confined to whoever pumps.
    private int sent;

    private Bulk(List<? extends I> items, int window, Function<I, CompletableFuture<O>> call) {
        this.items = items;
        this.window = window;
        this.call = call;
        this.answers = new AtomicReferenceArray<>(items.size());
    }

    /// Returns the answers to all calls, in the order of `items`.
    ///
    /// @param window how many calls may be outstanding
    static <I, O> CompletableFuture<List<O>> of(
            List<? extends I> items, int window, Function<I, CompletableFuture<O>> call) {
        if (items.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Bulk<I, O> bulk = new Bulk<>(List.copyOf(items), window, call);
        bulk.pump();
        return bulk.all;
    }

    /// What a command becomes that nobody answered: it may be carried out all the same.
    static Result<Answer> asUnknown(Throwable failure) {
        return switch (failure) {
            case StaddleUnavailableException why ->
                    new Result.Unknown<>(String.valueOf(why.getMessage()));
            case StaddleOverloadedException why ->
                    new Result.Unknown<>(String.valueOf(why.getMessage()));
            case StaddleException why -> throw why;
            default -> throw new IllegalStateException(failure);
        };
    }

    private void pump() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            while (sent < items.size() && sent - answered.get() < window && !all.isDone()) {
                send(sent++);
            }
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it becomes is told to `all`
    private void send(int index) {
        call.apply(items.get(index))
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        all.completeExceptionally(cause(failure));
                        return;
                    }
                    answers.set(index, answer);
                    if (answered.incrementAndGet() == items.size()) {
                        all.complete(gathered());
                    } else {
                        pump();
                    }
                });
    }

    private List<O> gathered() {
        List<O> list = new ArrayList<>(answers.length());
        for (int i = 0; i < answers.length(); i++) {
            list.add(answers.get(i));
        }
        return list;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
