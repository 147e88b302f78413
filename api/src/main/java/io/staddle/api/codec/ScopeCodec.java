package io.staddle.api.codec;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.CommittedBarrier;
import io.staddle.api.model.Coordinator;
import io.staddle.api.query.ScopeState;
import io.staddle.api.v1.BarrierScope;
import io.staddle.api.v1.Coordination;

import java.util.Optional;

/// Codec of scopes of barriers.
///
/// Every `decode` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class ScopeCodec {
    private ScopeCodec() {}

    /// Encodes a scope.
    public static BarrierScope encode(io.staddle.api.model.BarrierScope scope) {
        BarrierScope.Builder encoded =
                BarrierScope.newBuilder()
                        .setId(scope.id().value())
                        .setPolicy(BarrierCodec.encode(scope.policy()))
                        .setSolo(scope.solo())
                        .setCoordinator(RoutingCodec.name(scope.coordinator().node()))
                        .setCoordinatorIncarnation(scope.coordinator().incarnation())
                        .setToken(scope.coordinator().token().value())
                        .setLastEpoch(scope.lastEpoch())
                        .setForgottenEpoch(scope.forgottenEpoch())
                        .setVersion(scope.version());
        scope.committed()
                .ifPresent(newest ->
                        encoded.setCommittedEpoch(newest.epoch())
                                .setCommittedCheckpoint(newest.checkpoint().value()));
        scope.watermark().ifPresent(encoded::setWatermarkMillis);
        return encoded.build();
    }

    /// Decodes a scope.
    public static io.staddle.api.model.BarrierScope decode(BarrierScope scope) {
        Optional<CommittedBarrier> committed =
                scope.getCommittedCheckpoint().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new CommittedBarrier(
                                        scope.getCommittedEpoch(),
                                        new CheckpointId(scope.getCommittedCheckpoint())));
        return new io.staddle.api.model.BarrierScope(
                new ScopeId(scope.getId()),
                BarrierCodec.decode(scope.getPolicy()),
                scope.getSolo(),
                new Coordinator(
                        RoutingCodec.optionalNode(scope.getCoordinator()),
                        scope.getCoordinatorIncarnation(),
                        new Token(scope.getToken())),
                scope.getLastEpoch(),
                committed,
                BarrierCodec.optional(scope.hasWatermarkMillis(), scope.getWatermarkMillis()),
                scope.getForgottenEpoch(),
                scope.getVersion());
    }

    /// Encodes a scope as it stands.
    public static io.staddle.api.v1.ScopeState encode(ScopeState state) {
        io.staddle.api.v1.ScopeState.Builder encoded =
                io.staddle.api.v1.ScopeState.newBuilder()
                        .setScope(encode(state.scope()))
                        .setUntilMillis(state.untilMillis());
        state.open().ifPresent(open -> encoded.setOpen(BarrierCodec.encodeWithStatus(open)));
        return encoded.build();
    }

    /// Decodes a scope as it stands.
    public static ScopeState decode(io.staddle.api.v1.ScopeState state) {
        Optional<BarrierRecord> open =
                state.hasOpen()
                        ? Optional.of(BarrierCodec.decode(state.getOpen()))
                        : Optional.empty();
        return new ScopeState(decode(state.getScope()), state.getUntilMillis(), open);
    }

    static Coordination encode(Answer.Coordination answer) {
        return Coordination.newBuilder()
                .setScope(encode(answer.scope()))
                .setUntilMillis(answer.untilMillis())
                .build();
    }

    static Answer.Coordination decode(Coordination answer) {
        return new Answer.Coordination(decode(answer.getScope()), answer.getUntilMillis());
    }
}
