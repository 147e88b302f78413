package io.staddle.api.query;

import io.staddle.api.model.Holding;

/// A holding and how many grains are in it.
public record HoldingCount(Holding holding, long grains) {}
