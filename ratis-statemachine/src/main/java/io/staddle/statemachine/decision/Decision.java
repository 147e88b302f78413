package io.staddle.statemachine.decision;

import io.staddle.api.answer.Answer;
import io.staddle.api.event.Event;
import io.staddle.api.refusal.Refusal;

import java.util.List;

/// What rules say to a command.
public sealed interface Decision {
    /// It takes place: these events happen.
    ///
    /// @param events empty if nothing changes, as when the command is repeated
    record Accept(List<Event> events, Answer answer) implements Decision {
        /// Copies the list.
        public Accept {
            events = List.copyOf(events);
        }
    }

    /// It changes nothing.
    record Refuse(Refusal why) implements Decision {}

    /// Accepts with events, in the order in which they are recorded.
    static Decision accept(Answer answer, Event... events) {
        return new Accept(List.of(events), answer);
    }

    /// Accepts with events, in the order in which they are recorded.
    static Decision accept(Answer answer, List<Event> events) {
        return new Accept(events, answer);
    }

    /// Refuses.
    static Decision refuse(Refusal why) {
        return new Refuse(why);
    }
}
