package io.staddle.api.codec;

import io.staddle.api.event.BarrierEvent;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.Coordinator;
import io.staddle.api.v1.BarrierAborted;
import io.staddle.api.v1.BarrierAcknowledged;
import io.staddle.api.v1.BarrierBegun;
import io.staddle.api.v1.BarrierCommitted;
import io.staddle.api.v1.BarrierReady;
import io.staddle.api.v1.BarriersForgotten;
import io.staddle.api.v1.CoordinatorChanged;
import io.staddle.api.v1.CoordinatorReleased;
import io.staddle.api.v1.CoordinatorRenewed;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.ScopeConfigured;

/// Codec of what happened to scopes and their barriers.
final class BarrierEventCodec {
    private BarrierEventCodec() {}

    static void encode(BarrierEvent event, EventBody.Builder to) {
        switch (event) {
            case BarrierEvent.ScopeConfigured(var scope) ->
                    to.getScopeConfiguredBuilder().setScope(ScopeCodec.encode(scope));
            case BarrierEvent.CoordinatorChanged e ->
                    to.getCoordinatorChangedBuilder()
                            .setScope(e.scope().value())
                            .setCoordinator(RoutingCodec.name(e.coordinator().node()))
                            .setIncarnation(e.coordinator().incarnation())
                            .setToken(e.coordinator().token().value())
                            .setLeaseMillis(e.leaseMillis())
                            .setUntilMillis(e.untilMillis());
            case BarrierEvent.CoordinatorRenewed(var scope, var lease, var until) ->
                    to.getCoordinatorRenewedBuilder()
                            .setScope(scope.value())
                            .setLeaseMillis(lease)
                            .setUntilMillis(until);
            case BarrierEvent.CoordinatorReleased(var scope, var token) ->
                    to.getCoordinatorReleasedBuilder()
                            .setScope(scope.value())
                            .setToken(token.value());
            case BarrierEvent.BarrierBegun(var barrier, var participants) ->
                    to.getBarrierBegunBuilder()
                            .setBarrier(BarrierCodec.encode(barrier))
                            .addAllParticipants(
                                    participants.stream().map(BarrierCodec::encode).toList());
            case BarrierEvent.BarrierAcknowledged(var id, var participant) ->
                    to.getBarrierAcknowledgedBuilder()
                            .setScope(id.scope().value())
                            .setEpoch(id.epoch())
                            .setParticipant(BarrierCodec.encode(participant));
            case BarrierEvent.BarrierReady(var barrier) ->
                    to.getBarrierReadyBuilder().setBarrier(BarrierCodec.encode(barrier));
            case BarrierEvent.BarrierCommitted(var barrier) ->
                    to.getBarrierCommittedBuilder().setBarrier(BarrierCodec.encode(barrier));
            case BarrierEvent.BarrierAborted(var barrier) ->
                    to.getBarrierAbortedBuilder().setBarrier(BarrierCodec.encode(barrier));
            case BarrierEvent.BarriersForgotten(var scope, var through) ->
                    to.getBarriersForgottenBuilder()
                            .setScope(scope.value())
                            .setThroughEpoch(through);
        }
    }

    static BarrierEvent decode(ScopeConfigured e) {
        return new BarrierEvent.ScopeConfigured(ScopeCodec.decode(e.getScope()));
    }

    static BarrierEvent decode(CoordinatorChanged e) {
        return new BarrierEvent.CoordinatorChanged(
                new ScopeId(e.getScope()),
                new Coordinator(
                        RoutingCodec.optionalNode(e.getCoordinator()),
                        e.getIncarnation(),
                        new Token(e.getToken())),
                e.getLeaseMillis(),
                e.getUntilMillis());
    }

    static BarrierEvent decode(CoordinatorRenewed e) {
        return new BarrierEvent.CoordinatorRenewed(
                new ScopeId(e.getScope()), e.getLeaseMillis(), e.getUntilMillis());
    }

    static BarrierEvent decode(CoordinatorReleased e) {
        return new BarrierEvent.CoordinatorReleased(
                new ScopeId(e.getScope()), new Token(e.getToken()));
    }

    static BarrierEvent decode(BarrierBegun e) {
        return new BarrierEvent.BarrierBegun(
                BarrierCodec.decode(e.getBarrier()),
                e.getParticipantsList().stream().map(BarrierCodec::decode).toList());
    }

    static BarrierEvent decode(BarrierAcknowledged e) {
        return new BarrierEvent.BarrierAcknowledged(
                new BarrierId(new ScopeId(e.getScope()), e.getEpoch()),
                BarrierCodec.decode(e.getParticipant()));
    }

    static BarrierEvent decode(BarrierReady e) {
        return new BarrierEvent.BarrierReady(BarrierCodec.decode(e.getBarrier()));
    }

    static BarrierEvent decode(BarrierCommitted e) {
        return new BarrierEvent.BarrierCommitted(BarrierCodec.decode(e.getBarrier()));
    }

    static BarrierEvent decode(BarrierAborted e) {
        return new BarrierEvent.BarrierAborted(BarrierCodec.decode(e.getBarrier()));
    }

    static BarrierEvent decode(BarriersForgotten e) {
        return new BarrierEvent.BarriersForgotten(new ScopeId(e.getScope()), e.getThroughEpoch());
    }
}
