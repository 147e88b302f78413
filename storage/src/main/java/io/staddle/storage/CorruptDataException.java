package io.staddle.storage;

/// Says that stored bytes are not what they must be, or that a write's expectation does not hold.
///
/// The caller must stop serving from this store: the same call fails again, and a replica that went
/// on would differ from the others. The message names the table and key, or the file.
public final class CorruptDataException extends StorageException {
    private static final long serialVersionUID = 1L;

    /// Creates the exception with what was expected and what was found.
    public CorruptDataException(String message) {
        super(message);
    }

    /// Creates the exception with what was expected, what was found, and how that showed.
    public CorruptDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
