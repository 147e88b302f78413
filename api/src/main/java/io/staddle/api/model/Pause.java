package io.staddle.api.model;

/// An operator's order that nothing is to happen by itself.
///
/// @param actor who gave it; empty if not said
/// @param sinceMillis logical time in milliseconds since 1970
public record Pause(String reason, String actor, long sinceMillis) {}
