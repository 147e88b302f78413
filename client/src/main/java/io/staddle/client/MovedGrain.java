package io.staddle.client;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Holding;

/// A grain that changed its owner with all others of its holding.
///
/// @param to whose it was then
/// @param epoch that it had then
public record MovedGrain(GrainId grain, ClusterId from, Holding.Holder to, Epoch epoch) {}
