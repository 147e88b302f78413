package io.staddle.server.task;

import io.staddle.server.raft.Quorum;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the leader's tasks, a thread each, until closed.
public final class LeaderTasks implements AutoCloseable {
    private final List<TaskRunner> runners;
    private final List<Thread> threads;

    private LeaderTasks(List<TaskRunner> runners) {
        this.runners = runners;
        threads = runners.stream().map(LeaderTasks::start).toList();
    }

    /// Starts the tasks.
    public static LeaderTasks start(List<LeaderTask> tasks, Quorum quorum, Proposers proposers) {
        return new LeaderTasks(
                tasks.stream().map(task -> new TaskRunner(task, quorum, proposers)).toList());
    }

    /// Returns how many runs of each task have failed, by its name.
    public Map<String, Long> failures() {
        Map<String, Long> failures = new TreeMap<>();
        runners.forEach(runner -> failures.put(runner.task().name(), runner.failures()));
        return failures;
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
