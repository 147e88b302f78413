package io.staddle.api.codec;

import io.staddle.api.refusal.Refusal;

import java.util.List;

/// One refusal of every kind, the same each time.
public final class RefusalSamples {
    private RefusalSamples() {}

    /// Returns one of each.
    public static List<Refusal> oneOfEach() {
        Samples samples = new Samples(7);
        return Samples.leaves(Refusal.class).stream()
                // What a newer server says: it has that server's words, and no page of its own.
                .filter(type -> type != Refusal.Unrecognised.class)
                .map(type -> (Refusal) samples.of(type))
                .toList();
    }
}
