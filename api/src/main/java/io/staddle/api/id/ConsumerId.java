package io.staddle.api.id;

/// Names whoever reads a replay queue and acknowledges what it has applied.
///
/// @param value 1 to 64 letters, digits and `. _ -`
public record ConsumerId(String value) {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public ConsumerId {
        Names.identifier("consumer", value, 64);
    }

    @Override
    public String toString() {
        return value;
    }
}
