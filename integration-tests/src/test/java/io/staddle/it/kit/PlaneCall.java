package io.staddle.it.kit;

/// The calls of a data plane.
public enum PlaneCall {
    /// `addLearner`
    ADD_LEARNER,
    /// `progress`
    PROGRESS,
    /// `promote`
    PROMOTE,
    /// `transferLeadership`
    LEAD,
    /// `pauseWrites`
    PAUSE,
    /// `resumeWrites`
    RESUME,
    /// `fence`
    FENCE,
    /// `removeMember`
    REMOVE,
    /// `leave`, of the former holder after the move
    LEAVE
}
