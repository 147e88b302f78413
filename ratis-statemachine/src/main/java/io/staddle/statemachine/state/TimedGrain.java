package io.staddle.statemachine.state;

import io.staddle.api.id.GrainId;

/// A grain and a logical time.
public record TimedGrain(long atMillis, GrainId grain) {}
