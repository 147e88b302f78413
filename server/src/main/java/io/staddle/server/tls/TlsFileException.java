package io.staddle.server.tls;

import java.io.Serial;

/// A file with certificates or a key is not what it must be. The message says which one and why.
public final class TlsFileException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final String key;

    TlsFileException(String key, String message) {
        super(key + ": " + message);
        this.key = key;
    }

    /// Returns the key of the configuration that names the file.
    public String key() {
        return key;
    }
}
