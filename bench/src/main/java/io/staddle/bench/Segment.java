package io.staddle.bench;

import org.HdrHistogram.Histogram;

import java.util.List;

/// What one segment of load measured.
///
/// @param rate calls that succeeded, a second
/// @param cpuMicros CPU time of the servers and the client a call, in microseconds
/// @param leaderMicros the leader's part of it
/// @param clientMicros the client's part of it
/// @param otherCores cores that others used meanwhile; quiet is below 0.15
record Segment(
        double rate,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double cpuMicros,
        double leaderMicros,
        double clientMicros,
        double otherCores,
        long failed) {
    /// Measures `seconds` of a load that runs.
    static Segment of(Load load, double seconds, Deployment servers, int leader) {
        load.reset();
        Used before = Used.now(servers, leader);
        Deployment.sleepMillis((long) (seconds * 1_000));
        Histogram micros = load.recorded();
        Used used = Used.now(servers, leader).since(before);
        double calls = Math.max(1, micros.getTotalCount());
        return new Segment(
                calls / used.nanos() * 1e9,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                used.ours() / calls,
                used.leader() / calls,
                used.client() / calls,
                used.otherCores(),
                load.failed());
    }

    /// The median of each figure by itself.
    static Segment median(List<Segment> all) {
        return new Segment(
                Stats.median(all, Segment::rate),
                Stats.median(all, Segment::p50Millis),
                Stats.median(all, Segment::p99Millis),
                Stats.median(all, Segment::p999Millis),
                Stats.median(all, Segment::cpuMicros),
                Stats.median(all, Segment::leaderMicros),
                Stats.median(all, Segment::clientMicros),
                Stats.median(all, Segment::otherCores),
                all.stream().mapToLong(Segment::failed).sum());
    }
}
