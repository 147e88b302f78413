package io.staddle.statemachine.balance;

/// What part a node takes in a plan.
enum Part {
    /// It can be given something, and something can be taken from it.
    OPEN,
    /// It leaves: everything is taken from it.
    LEAVING,
    /// It is silent, or not ACTIVE: it is left alone.
    CLOSED
}
