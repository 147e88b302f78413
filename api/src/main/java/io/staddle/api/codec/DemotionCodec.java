package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Demotion;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.RoleMove;

/// Codec of what a failover did beside moving holdings.
final class DemotionCodec {
    private DemotionCodec() {}

    static io.staddle.api.v1.Demotion encode(Demotion demotion) {
        io.staddle.api.v1.Demotion.Builder encoded =
                io.staddle.api.v1.Demotion.newBuilder()
                        .setCause(encode(demotion.cause()))
                        .setIncarnation(demotion.incarnation());
        switch (demotion.role()) {
            case RoleMove.Stayed same -> {
                // Without an epoch.
            }
            case RoleMove.Promoted(var to, var epoch) ->
                    encoded.setPromoted(to.value()).setPrimaryEpoch(epoch);
            case RoleMove.Vacated(var epoch) -> encoded.setPrimaryEpoch(epoch);
        }
        return encoded.build();
    }

    static Demotion decode(io.staddle.api.v1.Demotion demotion) {
        return new Demotion(
                decode(demotion.getCause()),
                role(demotion.getPromoted(), demotion.getPrimaryEpoch()),
                demotion.getIncarnation());
    }

    static io.staddle.api.v1.FailoverCause encode(FailoverCause cause) {
        return switch (cause) {
            case GRACE -> io.staddle.api.v1.FailoverCause.FAILOVER_CAUSE_GRACE;
            case DRAIN -> io.staddle.api.v1.FailoverCause.FAILOVER_CAUSE_DRAIN;
            case OPERATOR -> io.staddle.api.v1.FailoverCause.FAILOVER_CAUSE_OPERATOR;
        };
    }

    static FailoverCause decode(io.staddle.api.v1.FailoverCause cause) {
        return switch (cause) {
            case FAILOVER_CAUSE_GRACE -> FailoverCause.GRACE;
            case FAILOVER_CAUSE_DRAIN -> FailoverCause.DRAIN;
            case FAILOVER_CAUSE_OPERATOR, FAILOVER_CAUSE_UNSPECIFIED -> FailoverCause.OPERATOR;
            case UNRECOGNIZED -> throw Malformed.of("cause", "a known cause", "a newer one");
        };
    }

    private static RoleMove role(String promoted, long epoch) {
        if (epoch == 0) {
            return new RoleMove.Stayed();
        }
        return promoted.isEmpty()
                ? new RoleMove.Vacated(epoch)
                : new RoleMove.Promoted(new ClusterId(promoted), epoch);
    }
}
