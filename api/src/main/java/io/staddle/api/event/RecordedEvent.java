package io.staddle.api.event;

import io.staddle.api.id.Revision;
import io.staddle.api.model.Origin;

/// An event in history.
///
/// @param revision the command that it came from; events of one command share it
/// @param atMillis logical time in milliseconds since 1970
public record RecordedEvent(Revision revision, long atMillis, Origin origin, Event event) {}
