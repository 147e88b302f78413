package io.staddle.statemachine.clusters;

import io.staddle.api.event.Event;
import io.staddle.api.model.Move;

import java.util.List;

/// What a move does, whether or not something holds it back.
record Draft(Move move, List<Event> events) {}
