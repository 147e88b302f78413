package io.staddle.server.task;

import io.staddle.server.raft.Quorum;

import java.util.List;

/// Runs the leader's tasks, a thread each, until closed.
public final class LeaderTasks implements AutoCloseable {
    private final List<Thread> threads;

    private LeaderTasks(List<Thread> threads) {
        this.threads = threads;
    }

    /// Starts the tasks.
    public static LeaderTasks start(List<LeaderTask> tasks, Quorum quorum, Proposers proposers) {
        return new LeaderTasks(
                tasks.stream()
                        .map(task -> new TaskRunner(task, quorum, proposers))
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
