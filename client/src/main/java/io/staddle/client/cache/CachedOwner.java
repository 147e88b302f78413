package io.staddle.client.cache;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;

import java.util.Optional;

/// Who owns a grain.
///
/// @param owner empty if nobody does, or its owner failed and no cluster may take over
/// @param epoch of the grain, owned or not
/// @param index a log index at which this was so
public record CachedOwner(GrainId grain, Optional<ClusterId> owner, Epoch epoch, long index) {}
