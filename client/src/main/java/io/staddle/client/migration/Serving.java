package io.staddle.client.migration;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;

/// Who serves a vShard, and since which epoch.
public record Serving(NodeId holder, Epoch epoch) {}
