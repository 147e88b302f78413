package io.staddle.server.exit;

import io.staddle.storage.CorruptDataException;
import io.staddle.storage.StorageFailure;
import io.staddle.storage.StoreClosedException;

import java.util.Optional;
import java.util.stream.Stream;

/// Tells failures that say that this server's data or disk is broken from all others, and says
/// what to do about them.
///
/// Whatever a caller sends, page tokens included, is never decoded as a row: so damaged data is
/// damaged data, and nobody can bring a server down by asking for something odd.
public final class Damage {
    private Damage() {}

    /// Tells whether `failure`, or what caused it, says that stored data is damaged or that the
    /// disk cannot be read. A store that is closed is neither.
    public static boolean isIn(Throwable failure) {
        return find(failure).isPresent();
    }

    /// Returns why a server has to end that met `failure`, and what to do.
    public static String advice(Throwable failure) {
        return switch (find(failure).orElse(failure)) {
            case CorruptDataException e ->
                    "the data of this server is damaged: "
                            + e.getMessage()
                            + ". The other servers go on. Check the disk, then replace this server:"
                            + " docs/operations.md, Replacing a server";
            case StorageFailure e ->
                    "the disk of this server fails: "
                            + e.getMessage()
                            + ". The other servers go on. Free space or replace the disk, then"
                            + " start it again";
            default -> String.valueOf(failure);
        };
    }

    private static Optional<Throwable> find(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(Damage::isDamage)
                .findFirst();
    }

    private static boolean isDamage(Throwable failure) {
        return switch (failure) {
            case StoreClosedException _ -> false;
            case CorruptDataException _, StorageFailure _ -> true;
            default -> false;
        };
    }
}
