package io.staddle.dataplane.ratis;

/// The last time that a node was taken out of its group for good.
///
/// @param configVersion of the removal, which Staddle counts
/// @param version of the members that it made
record Departure(long configVersion, long version) {
    static final Departure NEVER = new Departure(0, 0);
}
