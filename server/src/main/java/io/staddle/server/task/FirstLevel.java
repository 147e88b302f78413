package io.staddle.server.task;

import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.server.agreement.Builds;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.OptionalInt;

/// Has a new deployment begin with the highest feature level that all of its servers have.
///
/// New is one that knows no server yet. Nobody else could still need an older level: there is
/// nothing that an older version could have written.
public final class FirstLevel implements LeaderTask {
    private static final Duration WHILE_NEW = Duration.ofMillis(50);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final Builds builds;
    private volatile boolean isNew = true;

    /// @param builds what the servers have
    public FirstLevel(Builds builds) {
        this.builds = builds;
    }

    @Override
    public String name() {
        return "first-level";
    }

    @Override
    public Duration period() {
        return isNew ? WHILE_NEW : LATER;
    }

    @Override
    public void run(View view, Proposer proposer) {
        OptionalInt first = builds.first();
        Queries state = new Queries(view);
        // A deployment that knows a server never is new again.
        isNew = state.isNew();
        if (isNew && first.orElse(0) > state.config().featureLevel()) {
            var _ = proposer.propose(new RaiseFeatureLevel(first.getAsInt()));
        }
    }
}
