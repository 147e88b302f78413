package io.staddle.client.cache;

/// How a [NearCache] is doing.
///
/// @param ageMillis nothing that the servers answered to anybody so long ago, or longer, is missing
///     in memory, but for the time that the news of it was under way; -1 if that is unknown: then
///     servers answer everything
/// @param entries how many grains are remembered, about
/// @param hits lookups that were answered from memory
/// @param misses lookups that were answered by servers
/// @param restarts how often everything was forgotten: after a gap in the watch, or news of a kind
///     that this version does not know
public record NearCacheStatus(
        long ageMillis, long entries, long hits, long misses, long restarts) {}
