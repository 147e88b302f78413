package io.staddle.server.task;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.server.liveness.Liveness;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.query.Queries;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The watch over clusters that the tasks of a leader share.
///
/// @param liveness who was heard when
/// @param clock the clock that the leader stamps entries with
/// @param term the term in which this server leads
public record Vigil(Liveness liveness, InstantSource clock, LongSupplier term) {
    /// What one run of a task goes by.
    ///
    /// @param nowMillis the logical time of what it proposes, or a little less
    /// @param suspectAfter how much silence makes a cluster suspect
    record Look(
            Liveness liveness, long term, Queries state, long nowMillis, Duration suspectAfter) {
        Duration silence(ClusterId cluster) {
            return liveness.silence(term, cluster);
        }

        /// Returns when a cluster was heard last, by the time of what is proposed.
        long lastSeenMillis(ClusterId cluster) {
            return Math.max(0, nowMillis - silence(cluster).toMillis());
        }

        boolean isSilent(ClusterId cluster) {
            return silence(cluster).compareTo(suspectAfter) >= 0;
        }
    }

    /// Returns when something is that is looked at now, to ask rules and planners.
    Tick tick() {
        return new Tick(Revision.NONE, clock.millis());
    }

    /// Says that this leader looks, and returns what it goes by.
    Look look(Queries state) {
        Config config = state.config();
        Duration suspectAfter = Duration.ofMillis(config.get(Setting.SUSPECT_AFTER_MILLIS));
        long current = term.getAsLong();
        liveness.look(current, suspectAfter);
        return new Look(liveness, current, state, clock.millis(), suspectAfter);
    }
}
