package io.staddle.api.codec;

import io.staddle.api.event.Before;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.v1.Granted;

/// Codec of what was before somebody got a grain.
final class BeforeCodec {
    private BeforeCodec() {}

    static void encode(Before before, Granted.Builder to) {
        switch (before) {
            case Before.NotTold same -> {}
            case Before.Nothing(var floor) ->
                    to.getBeforeBuilder()
                            .setNothing(io.staddle.api.v1.Before.Nothing.getDefaultInstance())
                            .setEpoch(floor.value());
            case Before.Owned(var by, var epoch) ->
                    to.getBeforeBuilder().setOwner(by.value()).setEpoch(epoch.value());
            case Before.Released(var by, var epoch) ->
                    to.getBeforeBuilder().setReleasedBy(by.value()).setEpoch(epoch.value());
            case Before.Stranded(var by, var epoch) ->
                    to.getBeforeBuilder().setStrandedBy(by.value()).setEpoch(epoch.value());
        }
    }

    static Before decode(Granted from) {
        if (!from.hasBefore()) {
            return Before.NOT_TOLD;
        }
        io.staddle.api.v1.Before before = from.getBefore();
        Epoch epoch = new Epoch(before.getEpoch());
        return switch (before.getStateCase()) {
            case NOTHING -> new Before.Nothing(epoch);
            case OWNER -> new Before.Owned(new ClusterId(before.getOwner()), epoch);
            case RELEASED_BY -> new Before.Released(new ClusterId(before.getReleasedBy()), epoch);
            case STRANDED_BY -> new Before.Stranded(new ClusterId(before.getStrandedBy()), epoch);
            case STATE_NOT_SET -> throw Malformed.of("before", "a state", "none");
        };
    }
}
