package io.staddle.api.model;

/// Why a cluster cannot take over.
public enum Unfitness {
    /// There is none of that name.
    NOT_REGISTERED,
    /// It is the one that gives up.
    GIVES_UP,
    /// It is not HEALTHY.
    NOT_HEALTHY,
    /// Its data is further behind than `failover.lag-millis-max`.
    LAGS,
    /// It is not SECONDARY: as a primary only.
    NOT_SECONDARY,
    /// An operator does not want it to: as a primary only.
    NOT_PRIMARY_ELIGIBLE
}
