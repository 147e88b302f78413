package io.staddle.api.model;

/// Why a barrier was aborted.
public enum BarrierAbortCode {
    /// Its coordinator wanted it.
    COORDINATOR,
    /// An operator wanted it.
    OPERATOR,
    /// Its deadline has passed.
    TIMED_OUT,
    /// A participant said that it failed.
    PARTICIPANT_FAILED,
    /// A participant has restarted since the barrier began.
    PARTICIPANT_RESTARTED,
    /// A participant that has not voted is a data node that is silent.
    PARTICIPANT_LOST
}
