package io.staddle.statemachine.state;

/// The feature levels, by what each brings. They are format: what a level brings never changes.
public final class Levels {
    /// A grant says whose the grain was before; history can be bounded by age.
    public static final int HISTORY = 2;

    /// The newest that this version has.
    public static final int NEWEST = HISTORY;

    private Levels() {}
}
