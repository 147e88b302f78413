package io.staddle.api.id;

/// What a write that is to be replayed is about, in the words of whoever made it.
///
/// @param value 1 to 1,024 bytes of UTF-8, without control characters
public record ReplayKey(String value) {
    /// The longest key in bytes of UTF-8.
    public static final int MAX_BYTES = 1_024;

    /// Refuses what cannot be a key.
    ///
    /// @throws MalformedException if `value` is not one
    public ReplayKey {
        Names.text("replay key", value, MAX_BYTES);
    }

    /// Returns its length in bytes of UTF-8.
    public int bytes() {
        int bytes = value.length();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // A pair of surrogates is four bytes, so each counts for two.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    @Override
    public String toString() {
        return value;
    }
}
