package io.staddle.server.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does something for many subjects at the same time, so that one that fails, or takes long, does
/// not hold up the others.
final class Parallel {
    private static final int AT_A_TIME = 256;

    private Parallel() {}

    /// Returns when it was done for each; then throws one of the failures, if there was one.
    ///
    /// @param name names a subject, for its thread
    static <T> void each(List<T> subjects, Function<T, String> name, Consumer<T> act) {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        for (int from = 0; from < subjects.size(); from += AT_A_TIME) {
            List<Thread> threads = new ArrayList<>();
            for (T subject : subjects.subList(from, Math.min(from + AT_A_TIME, subjects.size()))) {
                threads.add(
                        Thread.ofVirtual()
                                .name("task-" + name.apply(subject))
                                .start(() -> attempt(subject, act, failure)));
            }
            if (!join(threads)) {
                return;
            }
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static <T> void attempt(
            T subject, Consumer<T> act, AtomicReference<RuntimeException> failure) {
        try {
            act.accept(subject);
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private static boolean join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            return true;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
