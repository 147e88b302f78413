package io.staddle.api.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;

import java.util.Optional;

/// How many grains of a type a cluster owns.
///
/// @param owner empty for stranded grains
public record GrainCount(GrainType type, Optional<ClusterId> owner, long grains) {}
