package io.staddle.api.codec;

import io.staddle.api.event.ClusterEvent.StateChanged;
import io.staddle.api.event.StateCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.v1.ClusterStateChanged;

/// Codec of a change of health and what it is known from.
final class StateChangeCodec {
    private StateChangeCodec() {}

    static ClusterStateChanged encode(StateChanged event) {
        ClusterStateChanged.Builder encoded =
                ClusterStateChanged.newBuilder()
                        .setCluster(event.cluster().value())
                        .setFrom(ClusterCodec.encode(event.from()))
                        .setTo(ClusterCodec.encode(event.to()));
        switch (event.cause()) {
            case StateCause.Heard(var beat) -> encoded.setBeat(HealthCodec.encode(beat));
            case StateCause.Silent(var suspicion) ->
                    encoded.setSilence(HealthCodec.encode(suspicion));
            case StateCause.Drained same ->
                    encoded.setDrained(ClusterStateChanged.Drained.getDefaultInstance());
            case StateCause.FailedOver(var failover) -> encoded.setFailover(failover.value());
            case StateCause.Readmitted(var failover) -> encoded.setReadmission(failover.value());
        }
        return encoded.build();
    }

    static StateChanged decode(ClusterStateChanged event) {
        return new StateChanged(
                new ClusterId(event.getCluster()),
                ClusterCodec.decode(event.getFrom()),
                ClusterCodec.decode(event.getTo()),
                cause(event));
    }

    private static StateCause cause(ClusterStateChanged event) {
        return switch (event.getCauseCase()) {
            case BEAT -> new StateCause.Heard(HealthCodec.decode(event.getBeat()));
            case SILENCE -> new StateCause.Silent(HealthCodec.decode(event.getSilence()));
            case DRAINED -> new StateCause.Drained();
            case FAILOVER -> new StateCause.FailedOver(new MoveId(event.getFailover()));
            case READMISSION -> new StateCause.Readmitted(new MoveId(event.getReadmission()));
            case CAUSE_NOT_SET -> throw Malformed.of("cause", "a known cause", "none");
        };
    }
}
