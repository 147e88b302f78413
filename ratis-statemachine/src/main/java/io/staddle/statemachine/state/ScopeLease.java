package io.staddle.statemachine.state;

/// For how long nobody but its coordinator gets a scope.
///
/// @param leaseMillis as it was asked for last
/// @param untilMillis its end, in logical time
public record ScopeLease(long leaseMillis, long untilMillis) {}
