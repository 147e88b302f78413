package io.staddle.server.task;

import io.staddle.server.raft.Quorum;

import java.util.List;
import java.util.function.Function;

/// Runs the leader's tasks, a thread each, until closed.
public final class LeaderTasks implements AutoCloseable {
    private final List<Thread> threads;

    private LeaderTasks(List<Thread> threads) {
        this.threads = threads;
    }

    /// Starts the tasks.
    ///
    /// @param proposers makes a task's proposer from its name
    public static LeaderTasks start(
            List<LeaderTask> tasks, Quorum quorum, Function<String, Proposer> proposers) {
        return new LeaderTasks(
                tasks.stream()
                        .map(task -> new TaskRunner(task, quorum, proposers.apply(task.name())))
                        .map(LeaderTasks::start)
                        .toList());
    }

    /// Stops them; what they wait for is not waited for.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private static Thread start(TaskRunner runner) {
        return Thread.ofVirtual().name("task-" + runner.task().name()).start(() -> repeat(runner));
    }

    private static void repeat(TaskRunner runner) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(runner.task().period());
                runner.runOnce();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
