package io.staddle.server.task;

import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.Quorum;
import io.staddle.storage.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/// Runs one task while this server leads. A run that fails is counted, and logged if the one before
/// did not fail in the same way.
final class TaskRunner {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

    private final LeaderTask task;
    private final Quorum quorum;
    private final Proposers proposers;
    private final LongAdder failures = new LongAdder();
    private String lastFailure = "";

    TaskRunner(LeaderTask task, Quorum quorum, Proposers proposers) {
        this.task = task;
        this.quorum = quorum;
        this.proposers = proposers;
    }

    LeaderTask task() {
        return task;
    }

    long failures() {
        return failures.sum();
    }

    /// Runs the task if this server leads and has applied an entry of its own term: before that,
    /// its view may lack what the last leader did.
    void runOnce() {
        OptionalLong term = quorum.leadingTerm();
        if (term.isEmpty()) {
            return;
        }
        try (View view = quorum.view()) {
            task.run(view, proposers.of(task.name(), term.getAsLong()));
            recovered();
        } catch (RuntimeException e) {
            quorum.readFailed(e);
            failed(e);
        }
    }

    private void failed(RuntimeException e) {
        failures.increment();
        if (e.toString().equals(lastFailure)) {
            return;
        }
        lastFailure = e.toString();
        if (e instanceof UnansweredException) {
            LOG.info("task {} was not answered, will run again: {}", task.name(), e.getMessage());
        } else {
            LOG.warn("task {} failed, will run again", task.name(), e);
        }
    }

    private void recovered() {
        if (!lastFailure.isEmpty()) {
            lastFailure = "";
            LOG.info("task {} runs again", task.name());
        }
    }
}
