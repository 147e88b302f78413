package io.staddle.api.id;

/// Names a plan of a move by what was looked at when it was made: equal ids, equal plans.
///
/// @param value empty for [#NONE], else 1 to 64 letters, digits and `. _ -`
public record PlanId(String value) {
    /// No plan: the move is decided on whatever it finds.
    public static final PlanId NONE = new PlanId("");

    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public PlanId {
        if (!value.isEmpty()) {
            Names.identifier("plan", value, 64);
        }
    }

    /// Tells whether there is a plan.
    public boolean isGiven() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }
}
