package io.staddle.dataplane.ratis;

import io.staddle.api.model.Membership;

/// What a node is to be in a group.
///
/// @param is what it is to be; NONE until Ratis has put that into effect, then it is forgotten
/// @param was what it was when that last was in effect
/// @param owner the vShard whose attempt made it so; -1 for nobody's
/// @param number of that attempt
/// @param since which version of the members made it so
record Member(Membership is, Membership was, int owner, long number, long since) {
    static final Member ABSENT = new Member(Membership.NONE, Membership.NONE, -1, 0, 0);

    boolean isOf(Attempt attempt) {
        return owner == attempt.vShard().value() && number == attempt.number();
    }

    boolean isOfOneUpTo(Attempt attempt) {
        return owner == attempt.vShard().value() && number <= attempt.number();
    }

    Member ownedBy(Attempt attempt) {
        return new Member(is, was, attempt.vShard().value(), attempt.number(), since);
    }

    /// Returns it as it is to be from a version on.
    ///
    /// @param inEffect whether what it is to be now is so
    Member becoming(Membership next, long version, boolean inEffect) {
        return new Member(next, inEffect ? is : was, owner, number, version);
    }
}
