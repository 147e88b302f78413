package io.staddle.api.model;

import io.staddle.api.id.CheckpointId;

/// The newest barrier of a scope that was committed: what stays known of it though it be forgotten.
public record CommittedBarrier(long epoch, CheckpointId checkpoint) {}
