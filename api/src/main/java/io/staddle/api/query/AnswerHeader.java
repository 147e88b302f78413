package io.staddle.api.query;

/// Which state an answer shows.
///
/// @param index the log index of the state that was read
/// @param server the server that answered
/// @param ageMillis how far behind the leader that state can be; 0 if linearizable, -1 if unknown
public record AnswerHeader(long index, String server, long ageMillis) {}
