package io.staddle.server.liveness;

/// The last beat of one cluster. Written by whoever takes a beat, without a lock: of two beats at
/// the same time either may stay.
final class Pulse {
    private volatile Sign last;

    /// @param nanos when it came, by the clock of [Liveness]
    record Sign(long nanos, Sightings sightings) {}

    Pulse(Sign first) {
        last = first;
    }

    void beat(Sign sign) {
        last = sign;
    }

    Sign last() {
        return last;
    }
}
