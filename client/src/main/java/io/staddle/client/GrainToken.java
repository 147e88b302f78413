package io.staddle.client;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;

/// What a holder shows to a store that checks fences.
///
/// A store refuses a token whose epoch is lower than the highest that it has seen for the grain.
/// One that keeps data of many grains together may also compare fences of the same owner.
///
/// @param epoch the fencing token of the grain; only ever grows
/// @param fence the fencing token of the owner; grows each time it is demoted
/// @param since when the grain got this owner
public record GrainToken(
        GrainId grain, ClusterId owner, Epoch epoch, Fence fence, Revision since) {}
