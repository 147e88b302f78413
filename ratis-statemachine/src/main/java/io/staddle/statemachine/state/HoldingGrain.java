package io.staddle.statemachine.state;

import io.staddle.api.id.HoldingId;

/// A grain in a holding; the holding knows the grain's type.
public record HoldingGrain(HoldingId holding, String key) {}
