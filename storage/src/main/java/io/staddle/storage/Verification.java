package io.staddle.storage;

/// Recomputes a version's digest from its rows.
final class Verification {
    private Verification() {}

    /// Returns the digest if it is the one kept with the version.
    ///
    /// The history cannot be recomputed, since logs are trimmed; it is taken over.
    static Digest verify(Tables tables, Version version) {
        Digest kept = version.digest();
        RunningDigest sum =
                new RunningDigest(new Digest(0, 0, kept.historyHigh(), kept.historyLow()));
        for (Slot slot : tables.slots()) {
            if (slot.kind() == Table.Kind.ROWS || slot.kind() == Table.Kind.RESIDENT) {
                try (ByteCursor rows = version.scan(slot, KeyRange.all())) {
                    while (rows.advance()) {
                        sum.add(slot, rows.key(), rows.value());
                    }
                }
            }
        }
        Digest found = sum.toDigest();
        if (!found.equals(kept)) {
            throw new CorruptDataException(
                    "expected digest "
                            + kept
                            + " at "
                            + version.applied()
                            + ", found rows with "
                            + found);
        }
        return found;
    }
}
