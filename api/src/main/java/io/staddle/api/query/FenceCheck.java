package io.staddle.api.query;

import io.staddle.api.model.Ownership;

/// The answer to a fence check.
///
/// @param valid whether the holder owned the grain in that epoch when it was checked
/// @param current who owns it
public record FenceCheck(boolean valid, Ownership current) {}
