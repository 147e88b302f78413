package io.staddle.api.model;

import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;

import java.util.Optional;
import java.util.OptionalLong;

/// Whose barriers follow one another, one at a time.
///
/// @param solo whether barriers without participants may be begun
/// @param lastEpoch the epoch of the newest barrier; 0 for none. No epoch up to it is given again
/// @param committed the newest barrier that was committed; empty for none
/// @param watermark how far what was committed is complete; never falls. Empty if not known
/// @param forgottenEpoch all barriers up to it are forgotten; 0 for none
/// @param version grows with each change of `policy` and `solo`
public record BarrierScope(
        ScopeId id,
        WatermarkPolicy policy,
        boolean solo,
        Coordinator coordinator,
        long lastEpoch,
        Optional<CommittedBarrier> committed,
        OptionalLong watermark,
        long forgottenEpoch,
        long version) {

    /// Returns a scope that nobody ever used.
    public static BarrierScope of(ScopeId id) {
        return new BarrierScope(
                id,
                WatermarkPolicy.HOLD,
                false,
                Coordinator.NONE,
                0,
                Optional.empty(),
                OptionalLong.empty(),
                0,
                0);
    }

    /// Returns a scope that nobody used in this deployment.
    ///
    /// @param above its epochs and tokens are counted from there: 0 unless the deployment was
    ///     restored from a backup
    public static BarrierScope of(ScopeId id, long above) {
        return of(id).coordinatedBy(new Coordinator(Optional.empty(), 0, new Token(above)))
                .begun(above);
    }

    /// Returns it with other barriers from now on.
    public BarrierScope configured(WatermarkPolicy newPolicy, boolean newSolo) {
        return new BarrierScope(
                id,
                newPolicy,
                newSolo,
                coordinator,
                lastEpoch,
                committed,
                watermark,
                forgottenEpoch,
                version + 1);
    }

    /// Returns it with another coordinator.
    public BarrierScope coordinatedBy(Coordinator next) {
        return new BarrierScope(
                id, policy, solo, next, lastEpoch, committed, watermark, forgottenEpoch, version);
    }

    /// Returns it with a newer barrier.
    public BarrierScope begun(long epoch) {
        return new BarrierScope(
                id,
                policy,
                solo,
                coordinator,
                epoch,
                committed,
                watermark,
                forgottenEpoch,
                version);
    }

    /// Returns it with a newer barrier that was committed.
    public BarrierScope committed(CommittedBarrier newest, OptionalLong newWatermark) {
        return new BarrierScope(
                id,
                policy,
                solo,
                coordinator,
                lastEpoch,
                Optional.of(newest),
                newWatermark,
                forgottenEpoch,
                version);
    }

    /// Returns it with fewer barriers.
    public BarrierScope forgotten(long throughEpoch) {
        return new BarrierScope(
                id,
                policy,
                solo,
                coordinator,
                lastEpoch,
                committed,
                watermark,
                throughEpoch,
                version);
    }
}
