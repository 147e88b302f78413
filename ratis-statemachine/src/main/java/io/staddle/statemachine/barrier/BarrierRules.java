package io.staddle.statemachine.barrier;

import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.BarrierCommand.AbortBarrier;
import io.staddle.api.command.BarrierCommand.AckBarrier;
import io.staddle.api.command.BarrierCommand.AcquireCoordinator;
import io.staddle.api.command.BarrierCommand.BeginBarrier;
import io.staddle.api.command.BarrierCommand.CommitBarrier;
import io.staddle.api.command.BarrierCommand.ConfigureScope;
import io.staddle.api.command.BarrierCommand.ExpireBarriers;
import io.staddle.api.command.BarrierCommand.PruneBarriers;
import io.staddle.api.command.BarrierCommand.ReleaseCoordinator;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Decides the commands about barriers.
public final class BarrierRules {
    private BarrierRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(BarrierCommand command, Reads view, Tick tick) {
        Optional<Refusal> early = Levels.refuse(command, Configs.of(view).featureLevel());
        if (early.isPresent()) {
            return refuse(early.get());
        }
        return switch (command) {
            case ConfigureScope configure -> ScopeRules.configure(configure, view);
            case AcquireCoordinator acquire -> ScopeRules.acquire(acquire, view, tick);
            case ReleaseCoordinator release -> ScopeRules.release(release, view);
            case BeginBarrier begin -> BeginRules.begin(begin, view, tick);
            case AckBarrier ack -> AckRules.acknowledge(ack, view, tick);
            case CommitBarrier commit -> DecisionRules.commit(commit, view, tick);
            case AbortBarrier abort -> DecisionRules.abort(abort, view, tick);
            case ExpireBarriers expire -> DecisionRules.expire(expire, view, tick);
            case PruneBarriers prune -> PruneRules.prune(prune, view, tick);
        };
    }

    static Refusal noScope(ScopeId scope) {
        return new Refusal.NotFound("scope", scope.value());
    }

    static Refusal noBarrier(BarrierId barrier) {
        return new Refusal.NotFound("barrier", barrier.toString());
    }

    /// Refuses whoever does not coordinate the scope any more.
    static Optional<Refusal> stale(BarrierScope scope, Token seen) {
        Token current = scope.coordinator().token();
        return seen.equals(current)
                ? Optional.empty()
                : Optional.of(
                        new Refusal.StaleToken(
                                scope.id(), seen, current, scope.coordinator().node()));
    }
}
