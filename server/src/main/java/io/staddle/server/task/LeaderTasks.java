package io.staddle.server.task;

import io.staddle.server.raft.Quorum;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the leader's tasks, a thread each, until closed. On a server that does not lead only one
/// thread wakes up, to see whether it does.
public final class LeaderTasks implements AutoCloseable {
    private static final Duration LOOKS = Duration.ofMillis(100);

    private final Quorum quorum;
    private final Leading leading = new Leading();
    private final List<TaskRunner> runners;
    private final List<Thread> threads;

    private LeaderTasks(Quorum quorum, List<TaskRunner> runners) {
        this.quorum = quorum;
        this.runners = runners;
        threads = new ArrayList<>(runners.stream().map(this::start).toList());
        threads.add(Thread.ofVirtual().name("leading").start(this::look));
    }

    /// Starts the tasks.
    public static LeaderTasks start(List<LeaderTask> tasks, Quorum quorum, Proposers proposers) {
        return new LeaderTasks(
                quorum,
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

    private Thread start(TaskRunner runner) {
        return Thread.ofVirtual().name("task-" + runner.task().name()).start(() -> repeat(runner));
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                leading.set(quorum.leadingTerm().isPresent());
                Thread.sleep(LOOKS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void repeat(TaskRunner runner) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                leading.await();
                Thread.sleep(runner.task().period());
                runner.runOnce();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
