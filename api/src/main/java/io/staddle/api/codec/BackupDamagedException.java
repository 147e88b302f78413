package io.staddle.api.codec;

import java.io.IOException;

/// A file is no backup, or not all of one, or not as it was written.
public final class BackupDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    BackupDamagedException(String message) {
        super(message);
    }
}
