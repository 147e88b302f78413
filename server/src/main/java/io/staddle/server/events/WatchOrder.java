package io.staddle.server.events;

import io.staddle.api.id.Revision;
import io.staddle.api.query.EventFilter;

import java.util.Optional;

/// What a watcher wants.
///
/// @param from the first revision; empty for what comes from now on
/// @param progressNanos how often it hears how far the stream has got
/// @param previous whether events carry what was before
public record WatchOrder(
        Optional<Revision> from, EventFilter filter, long progressNanos, boolean previous) {}
