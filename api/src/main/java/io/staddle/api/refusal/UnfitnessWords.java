package io.staddle.api.refusal;

import io.staddle.api.model.Unfitness;

/// Why a cluster cannot take over, in a clause.
final class UnfitnessWords {
    private UnfitnessWords() {}

    static String of(Unfitness why) {
        return switch (why) {
            case NOT_REGISTERED -> "it is not registered";
            case GIVES_UP -> "it is the one that gives up";
            case NOT_HEALTHY -> "it is not HEALTHY";
            case LAGS -> "its data is further behind than failover.lag-millis-max";
            case NOT_SECONDARY -> "it is not SECONDARY";
            case NOT_PRIMARY_ELIGIBLE -> "it may not become the primary";
        };
    }
}
