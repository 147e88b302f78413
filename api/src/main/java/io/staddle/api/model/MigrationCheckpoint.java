package io.staddle.api.model;

import com.google.protobuf.ByteString;

import java.util.zip.CRC32C;

/// What a step of a migration was decided on, kept for audit.
///
/// @param phase the one that the step led to
/// @param phaseVersion the place of the step, from 1
/// @param payload the encoded record that was looked at; for steps of an operator, as it became
/// @param checksum CRC-32C of the payload, unsigned
/// @param atMillis in logical time
public record MigrationCheckpoint(
        MigrationPhase phase, long phaseVersion, ByteString payload, long checksum, long atMillis) {
    /// Returns the CRC-32C of a payload, unsigned.
    public static long checksumOf(ByteString payload) {
        CRC32C sum = new CRC32C();
        sum.update(payload.asReadOnlyByteBuffer());
        return sum.getValue();
    }

    /// Tells whether the payload is as it was written.
    public boolean isIntact() {
        return checksumOf(payload) == checksum;
    }
}
