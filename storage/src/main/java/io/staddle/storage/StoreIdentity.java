package io.staddle.storage;

/// Says whose data a store holds; opening it under another identity is refused.
///
/// @param owner opaque text, compared as it is; printable, without line breaks, 1 to 500 characters
public record StoreIdentity(String owner) {
    private static final int OWNER_CHARS_MAX = 500;

    /// Checks the text.
    public StoreIdentity {
        if (owner.isBlank()
                || owner.length() > OWNER_CHARS_MAX
                || !owner.equals(owner.strip())
                || owner.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a store's owner must be 1 to "
                            + OWNER_CHARS_MAX
                            + " printable characters without blanks around them, is '"
                            + owner
                            + "'");
        }
    }
}
