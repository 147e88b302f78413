package io.staddle.client;

import io.staddle.api.model.Origin;

import java.time.Duration;

/// What holds for the calls of a [GrainDirectory] or another view of a client.
///
/// @param deadline the longest that a call takes, from 1 ms to 1 h; retries are within it
/// @param origin who asks for a change, and why; kept in the history
public record CallOptions(Duration deadline, Origin origin) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /// Refuses a deadline out of range.
    public CallOptions {
        if (deadline.toMillis() < 1 || deadline.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("deadline must be 1 ms to 1 h, but is " + deadline);
        }
    }

    /// Returns the same options with another deadline.
    public CallOptions within(Duration newDeadline) {
        return new CallOptions(newDeadline, origin);
    }

    /// Returns the same options with another reason.
    ///
    /// @param reason in the words of who asks, at most 512 characters
    public CallOptions because(String reason) {
        return new CallOptions(deadline, new Origin(origin.actor(), reason, origin.requestId()));
    }

    /// Returns the same options with another name for the request.
    ///
    /// @param requestId what the caller calls it, at most 512 characters; kept in the history
    public CallOptions as(String requestId) {
        return new CallOptions(deadline, new Origin(origin.actor(), origin.reason(), requestId));
    }

    /// Returns the same options with another actor.
    ///
    /// @param actor who asks, at most 512 characters
    public CallOptions by(String actor) {
        return new CallOptions(deadline, new Origin(actor, origin.reason(), origin.requestId()));
    }
}
