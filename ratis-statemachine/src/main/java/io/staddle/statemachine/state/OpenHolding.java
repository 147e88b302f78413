package io.staddle.statemachine.state;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;

/// What a cluster claims next of a type goes into one holding, found by these two.
public record OpenHolding(ClusterId cluster, GrainType type) {}
