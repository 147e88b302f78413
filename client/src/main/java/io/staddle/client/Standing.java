package io.staddle.client;

/// Whether a cluster may act as the owner of what it was granted, as its [ClusterAgent] knows.
public enum Standing {
    /// The servers have answered lately, and nothing is wrong.
    HEALTHY,
    /// The servers may take the cluster for out of reach, or it is recovering or draining. It still
    /// owns what it owns, but may lose it soon: best nothing new is begun.
    SUSPECT,
    /// It may not act as an owner: it was demoted, or may have been without having heard of it.
    FENCED
}
