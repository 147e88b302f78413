package io.staddle.client;

import io.staddle.api.model.ClusterProfile;

import java.util.function.LongSupplier;

/// How a [ClusterAgent] works.
///
/// @param incarnation what the cluster calls this life of its own, higher after a restart
/// @param marginMillis how much sooner than the servers it decides; negative for a tenth of the
///     time until SUSPECT, but at least the interval of the beats
/// @param clock monotonic, in nanoseconds
record AgentOptions(
        ClusterProfile profile, long incarnation, long marginMillis, LongSupplier clock) {}
