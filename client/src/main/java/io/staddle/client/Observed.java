package io.staddle.client;

import io.staddle.api.query.AnswerHeader;

/// An answer together with the state that it shows.
///
/// @param header which server answered, from which log index, how far behind the leader
public record Observed<T>(AnswerHeader header, T value) {}
