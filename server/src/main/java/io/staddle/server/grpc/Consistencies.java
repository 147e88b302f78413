package io.staddle.server.grpc;

import io.staddle.api.codec.MomentCodec;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.query.Consistency;
import io.staddle.api.v1.AnswerHeader;

/// How fresh an answer must be, and how fresh it is, on the wire.
final class Consistencies {
    private Consistencies() {}

    static Consistency decode(io.staddle.api.v1.Consistency from) {
        return switch (from.getLevelCase()) {
            case LINEARIZABLE, LEVEL_NOT_SET -> Consistency.LINEARIZABLE;
            case STALE -> Consistency.STALE;
            case BOUNDED -> bounded(from.getBounded().getMaxAgeMillis());
            case AT_LEAST -> new Consistency.AtLeast(from.getAtLeast().getIndex());
            case AS_OF -> new Consistency.AsOf(MomentCodec.decode(from.getAsOf()));
        };
    }

    static AnswerHeader encode(io.staddle.api.query.AnswerHeader header) {
        return AnswerHeader.newBuilder()
                .setIndex(header.index())
                .setServer(header.server())
                .setAgeMillis(header.ageMillis())
                .build();
    }

    private static Consistency bounded(long maxAgeMillis) {
        if (maxAgeMillis < 1) {
            throw new MalformedException(
                    new Expectation("max age millis", "1 or more", Long.toString(maxAgeMillis)));
        }
        return new Consistency.Bounded(maxAgeMillis);
    }
}
