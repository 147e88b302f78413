package io.staddle.api.model;

import io.staddle.api.id.ServerId;

/// A server that the quorum knows, and the data directory that it came with.
///
/// @param incarnation made up when the data directory was formatted; another one under the same
///     name means that the disk was wiped
public record ServerRecord(ServerId id, String incarnation) {}
