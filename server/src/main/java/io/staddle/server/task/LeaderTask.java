package io.staddle.server.task;

import io.staddle.storage.View;

import java.time.Duration;

/// Something that the leader does by itself, again and again.
///
/// It looks at the state and proposes commands, and has no other way to change anything and nothing
/// to remember: the next leader goes on from the same state. Rules check again what it saw.
public interface LeaderTask {
    /// What logs and metrics call it.
    String name();

    /// How long to wait after a run.
    Duration period();

    /// Runs once, on a thread that may be held up.
    void run(View view, Proposer proposer);
}
