package io.staddle.client;

import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Primacy;
import io.staddle.api.refusal.Refusal;

/// What the leader answers to a sign of life.
public sealed interface BeatReply {
    /// It was taken.
    ///
    /// @param cluster the record as the leader had applied it; if it [ClusterRecord#isFenced], the
    ///     cluster must stop acting as an owner, acknowledge its fence and be readmitted
    /// @param terms what the leader expects of who beats
    /// @param leadershipAgeMillis how long ago, at most, a majority confirmed that this server
    ///     leads: silence counts from that long before the beat was sent
    record Taken(ClusterRecord cluster, Primacy primacy, Terms terms, long leadershipAgeMillis)
            implements BeatReply {}

    /// There is no such cluster.
    record Refused(Refusal why) implements BeatReply {}

    /// What the leader expects of who beats.
    ///
    /// @param intervalMillis how often to beat
    /// @param suspectAfterMillis after how much silence the cluster becomes SUSPECT
    /// @param graceMillis how long it is SUSPECT before it is failed over
    record Terms(long intervalMillis, long suspectAfterMillis, long graceMillis) {}
}
