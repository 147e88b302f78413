package io.staddle.storage;

/// Where a log table begins and ends.
///
/// @param first no row is before it; no bytes if nothing was ever trimmed
/// @param last the greatest key ever seen, trimmed or not, or [Bytes#ABSENT]
@SuppressWarnings("ArrayRecordComponent") // never changed once made
record LogEnds(byte[] first, byte[] last) {
    static final LogEnds NONE = new LogEnds(Bytes.ABSENT, Bytes.ABSENT);
}
