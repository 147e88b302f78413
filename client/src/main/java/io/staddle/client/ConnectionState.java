package io.staddle.client;

/// How a [ClusterAgent] is connected with the servers, in the words of Apache Curator.
///
/// It says nothing on whether the cluster may act as an owner: that is [Standing]. A cluster that
/// was demoted is fenced, and connected all the same.
public enum ConnectionState {
    /// No beat was answered yet.
    CONNECTING,
    /// The first beat was answered.
    CONNECTED,
    /// A beat was not answered in time. Nothing is lost yet.
    SUSPENDED,
    /// No beat was answered for so long that the cluster has fenced itself.
    LOST,
    /// A beat was answered after SUSPENDED or LOST.
    RECONNECTED
}
