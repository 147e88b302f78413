package io.staddle.api.id;

/// Names a type of grains: the unit of placement.
///
/// @param name 1 to 128 bytes of UTF-8, without control characters and without a slash, because a
///     grain is written `type/key`
public record GrainType(String name) implements Comparable<GrainType> {
    /// The longest name in bytes of UTF-8.
    public static final int MAX_BYTES = 128;

    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `name` is not one
    public GrainType {
        Names.text("grain type", name, MAX_BYTES);
        if (name.indexOf('/') >= 0) {
            throw Names.malformed("grain type", "without a slash", name);
        }
    }

    @Override
    public int compareTo(GrainType other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
