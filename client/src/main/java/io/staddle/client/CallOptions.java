package io.staddle.client;

import io.staddle.api.model.Origin;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Moment;

import java.time.Duration;
import java.util.Optional;

/// What holds for the calls of a [GrainDirectory] or another view of a client.
///
/// @param deadline the longest that a call takes, from 1 ms to 1 h; retries are within it
/// @param origin who asks for a change, and why; kept in the history
/// @param asOf the state of the past that queries are answered from; empty for the present
public record CallOptions(Duration deadline, Origin origin, Optional<Moment> asOf) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /// Refuses a deadline out of range.
    public CallOptions {
        if (deadline.toMillis() < 1 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline must be 1 ms to 1 h, but is " + deadline);
        }
    }

    /// Returns the same options with another deadline.
    public CallOptions within(Duration newDeadline) {
        return new CallOptions(newDeadline, origin, asOf);
    }

    /// Returns the same options with another reason.
    ///
    /// @param reason in the words of who asks, at most 512 characters
    public CallOptions because(String reason) {
        return from(new Origin(origin.actor(), reason, origin.requestId()));
    }

    /// Returns the same options with another name for the request.
    ///
    /// @param requestId what the caller calls it, at most 512 characters; kept in the history
    public CallOptions as(String requestId) {
        return from(new Origin(origin.actor(), origin.reason(), requestId));
    }

    /// Returns the same options with another actor.
    ///
    /// @param actor who asks, at most 512 characters
    public CallOptions by(String actor) {
        return from(new Origin(actor, origin.reason(), origin.requestId()));
    }

    /// Returns the same options for queries about a state of the past: about grains, holdings,
    /// placements, clusters and moves, routing and migrations. They throw
    /// [StaddleRefusedException] with `TRIMMED` or `NOT_YET` if there is none, unless another
    /// consistency than a linearizable one is asked for in the call. Commands, fence checks and
    /// all other queries are about the present.
    public CallOptions asOf(Moment moment) {
        return new CallOptions(deadline, origin, Optional.of(moment));
    }

    /// Returns what queries have to show unless they say otherwise.
    Consistency consistency() {
        return asOf.<Consistency>map(Consistency.AsOf::new).orElse(Consistency.LINEARIZABLE);
    }

    private CallOptions from(Origin newOrigin) {
        return new CallOptions(deadline, newOrigin, asOf);
    }
}
