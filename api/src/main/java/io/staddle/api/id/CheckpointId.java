package io.staddle.api.id;

/// Names what a barrier is the checkpoint of, in the words of the user's system. The coordinator
/// makes up another one for each barrier, so that a call whose answer was lost can be repeated.
///
/// @param value 1 to 128 letters, digits and `. _ -`
public record CheckpointId(String value) {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public CheckpointId {
        Names.identifier("checkpoint", value, 128);
    }

    @Override
    public String toString() {
        return value;
    }
}
