package io.staddle.api.id;

/// Names a grain: the unit of ownership.
///
/// @param key 1 to 512 bytes of UTF-8, without control characters; slashes are allowed
public record GrainId(GrainType type, String key) {
    /// The longest key in bytes of UTF-8.
    public static final int KEY_MAX_BYTES = 512;

    /// Refuses what cannot be a key.
    ///
    /// @throws MalformedException if `key` is not one
    public GrainId {
        Names.text("grain key", key, KEY_MAX_BYTES);
    }

    /// Returns the grain of the type named `type`.
    ///
    /// @throws MalformedException if either cannot be a name
    public static GrainId of(String type, String key) {
        return new GrainId(new GrainType(type), key);
    }

    /// Returns the grain written as `type/key`; the first slash divides.
    ///
    /// @throws MalformedException if there is no slash, or either part cannot be a name
    public static GrainId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw Names.malformed("grain", "written TYPE/KEY", text);
        }
        return of(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return type.name() + "/" + key;
    }
}
