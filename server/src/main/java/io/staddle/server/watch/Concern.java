package io.staddle.server.watch;

/// One thing that has to go on, and for how many looks in a row it has not.
final class Concern {
    private final String name;
    private final int looksMax;
    private volatile int looks;
    private volatile String why = "goes on";

    Concern(String name, int looksMax) {
        this.name = name;
        this.looksMax = looksMax;
    }

    /// It goes on. Only the watchdog's thread calls this and [#stands].
    void goesOn() {
        looks = 0;
        why = "goes on";
    }

    /// It does not; tells whether that has now been seen often enough.
    boolean stands(String reason) {
        why = reason;
        // One writer: nothing is lost.
        int seen = looks + 1;
        looks = seen;
        return seen == looksMax;
    }

    /// Returns how it is: in order until half of the looks are over.
    Check check() {
        int seen = looks;
        return seen == 0
                ? new Check(name, true, why)
                : new Check(
                        name,
                        seen * 2 < looksMax,
                        "%s (seen %d times, halts at %d)".formatted(why, seen, looksMax));
    }
}
