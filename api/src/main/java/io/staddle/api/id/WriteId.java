package io.staddle.api.id;

/// Names a write that is to be replayed: the cluster that it was made in, and its number there.
///
/// A queue takes a write once: whatever comes again under the same name is skipped, also after it
/// was acknowledged.
///
/// @param origin the cluster that it was made in
/// @param seq 1 to [#SEQ_MAX]; chosen by the origin, best without gaps
public record WriteId(ClusterId origin, long seq) implements Comparable<WriteId> {
    /// The highest number.
    public static final long SEQ_MAX = 1L << 62;

    /// Refuses what cannot be a number.
    ///
    /// @throws MalformedException if `seq` is out of range
    public WriteId {
        if (seq < 1 || seq > SEQ_MAX) {
            throw Names.malformed("origin seq", "1 to " + SEQ_MAX, Long.toString(seq));
        }
    }

    @Override
    public int compareTo(WriteId other) {
        int byOrigin = origin.compareTo(other.origin);
        return byOrigin != 0 ? byOrigin : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return origin + "/" + seq;
    }
}
