package io.staddle.client.conformance;

/// What a data plane may have got wrong.
enum Fault {
    /// It does not remember what is over.
    NO_FENCE,
    /// It forgets what is over when another node leads.
    FENCE_OF_THE_LEADER,
    /// It pauses again after a resume of the same number.
    PAUSES_AGAIN,
    /// It resumes for a number lower than one seen.
    RESUMES_LATE,
    /// It lets the epoch fall.
    EPOCH_FALLS,
    /// It does not look at the epoch of a write.
    ANY_EPOCH,
    /// It does not pause.
    NO_PAUSE,
    /// It pauses the whole group.
    PAUSES_ALL,
    /// It removes whoever the move names as its target, whatever it was.
    REMOVES_ALWAYS,
    /// It removes a member that another move has added since.
    REMOVES_OF_OTHERS,
    /// It removes for a number lower than one seen.
    REMOVES_LATE,
    /// It says that the target has all when it is not there.
    BOASTS,
    /// It makes a learner of a voter that is added again.
    DEMOTES,
    /// It does not let the target lead.
    NEVER_LEADS,
    /// Who is to leave stays.
    STAYS,
    /// It takes out whoever left before, each time that it is asked.
    LEAVES_AGAIN,
    /// It takes out for a version lower than one seen.
    LEAVES_LATE,
    /// It forgets who left when another node leads.
    LEAVES_OF_THE_LEADER,
    /// It takes out the only one that votes.
    LEAVES_NOBODY
}
