package io.staddle.server.grpc;

import java.util.concurrent.TimeUnit;

/// Deadlines of callers. The fronts keep them, with one timer for all calls.
final class Deadlines {
    private Deadlines() {}

    /// Returns how long the caller waits, at most `maxNanos`.
    ///
    /// @param header the header `grpc-timeout`: up to 8 digits and a unit; anything else counts as
    ///     not said
    static long nanos(String header, long maxNanos) {
        int digits = header.length() - 1;
        if (digits < 1 || digits > 8) {
            return maxNanos;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = header.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return maxNanos;
            }
            value = 10 * value + digit;
        }
        return Math.min(maxNanos, nanos(value, header.charAt(digits), maxNanos));
    }

    private static long nanos(long value, char unit, long otherwise) {
        return switch (unit) {
            case 'H' -> TimeUnit.HOURS.toNanos(value);
            case 'M' -> TimeUnit.MINUTES.toNanos(value);
            case 'S' -> TimeUnit.SECONDS.toNanos(value);
            case 'm' -> TimeUnit.MILLISECONDS.toNanos(value);
            case 'u' -> TimeUnit.MICROSECONDS.toNanos(value);
            case 'n' -> value;
            default -> otherwise;
        };
    }
}
