package io.staddle.api.id;

/// Names a barrier of a scope. The log gives its epoch, and never again.
///
/// @param epoch 1 to [#EPOCH_MAX]
public record BarrierId(ScopeId scope, long epoch) implements Comparable<BarrierId> {
    /// The last epoch that there can be.
    public static final long EPOCH_MAX = 1L << 62;

    /// Refuses what cannot be an epoch.
    ///
    /// @throws MalformedException if `epoch` is out of range
    public BarrierId {
        if (epoch < 1 || epoch > EPOCH_MAX) {
            throw Names.malformed("epoch", "1 to " + EPOCH_MAX, Long.toString(epoch));
        }
    }

    @Override
    public int compareTo(BarrierId other) {
        int byScope = scope.compareTo(other.scope);
        return byScope == 0 ? Long.compare(epoch, other.epoch) : byScope;
    }

    @Override
    public String toString() {
        return scope + "/" + epoch;
    }
}
