package io.staddle.server.liveness;

import java.util.concurrent.atomic.LongAdder;

/// What the leader counted of beats and of what follows from silence.
///
/// @param beats signs of life taken
/// @param passed signs of life that another server leads for, and that were passed on to it
/// @param looks runs of the detector
/// @param suspicions clusters that were proposed as suspect
/// @param failovers failovers that were proposed
/// @param holds failovers that were due and held back, once a run
/// @param unconfirmed silences that too few observers confirmed, once a run
/// @param pauses windows that began anew because the leader had not looked for a while
/// @param clockJumps windows that began anew because its clock had jumped
public record LivenessCounters(
        LongAdder beats,
        LongAdder passed,
        LongAdder looks,
        LongAdder suspicions,
        LongAdder failovers,
        LongAdder holds,
        LongAdder unconfirmed,
        LongAdder pauses,
        LongAdder clockJumps) {
    LivenessCounters() {
        this(
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder());
    }
}
