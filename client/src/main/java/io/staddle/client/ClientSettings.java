package io.staddle.client;

import java.util.List;

/// What a client is built from.
///
/// @param endpoints the servers to begin with, at least one
/// @param callsMax how many calls may be outstanding, queued or sent
record ClientSettings(List<Endpoint> endpoints, int callsMax) {}
