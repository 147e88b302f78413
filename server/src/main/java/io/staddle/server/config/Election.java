package io.staddle.server.config;

/// How long a follower hears nothing before it stands for election: a time chosen at random
/// between the two.
///
/// Shorter means less time without a leader after a crash; too short means elections while a
/// machine is only busy.
///
/// @param minMillis key `election.min-millis`; 50 to 60,000, default 300
/// @param maxMillis key `election.max-millis`; above `minMillis` to 120,000, default 600
public record Election(int minMillis, int maxMillis) {}
