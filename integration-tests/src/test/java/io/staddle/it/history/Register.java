package io.staddle.it.history;

import io.staddle.api.model.Ownership;

/// What is recorded of one grain: the state that a history is checked against.
///
/// @param holder who owns it, or who let go of it last; empty if nobody ever owned it
record Register(Kind kind, String holder, long epoch) {
    /// Nobody ever owned it.
    static final Register NEW = new Register(Kind.UNOWNED, "", 0);

    /// Whether it is owned.
    enum Kind {
        /// Nobody ever owned it.
        UNOWNED,
        /// The holder owns it.
        OWNED,
        /// The holder let go of it.
        RELEASED
    }

    static Register of(Ownership ownership) {
        long epoch = ownership.epoch().value();
        return switch (ownership) {
            case Ownership.Unowned _ -> new Register(Kind.UNOWNED, "", epoch);
            case Ownership.Owned owned -> owned(owned.by().value(), epoch);
            case Ownership.Stranded stranded ->
                    throw new IllegalArgumentException("nothing is stranded here: " + stranded);
            case Ownership.Released released ->
                    new Register(Kind.RELEASED, released.lastOwner().value(), epoch);
        };
    }

    static Register owned(String holder, long epoch) {
        return new Register(Kind.OWNED, holder, epoch);
    }

    boolean isOwnedBy(String cluster) {
        return kind == Kind.OWNED && holder.equals(cluster);
    }

    boolean isOwnedBy(String cluster, long held) {
        return isOwnedBy(cluster) && epoch == held;
    }

    Register granted(String cluster) {
        return owned(cluster, epoch + 1);
    }

    Register released() {
        return new Register(Kind.RELEASED, holder, epoch);
    }
}
