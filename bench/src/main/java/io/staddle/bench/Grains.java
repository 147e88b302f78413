package io.staddle.bench;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;

import java.util.concurrent.atomic.AtomicIntegerArray;

/// The grains that the load is about, and what the client was told of each: its owner and epoch.
///
/// A grain is lent to one call at a time, so that calls do not get into each other's way.
final class Grains {
    static final GrainType TYPE = new GrainType("account");
    static final ClusterId[] CLUSTERS = {
        new ClusterId("east"), new ClusterId("west"), new ClusterId("north")
    };

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final GrainId[] ids;
    private final int[] epochs;
    private final byte[] owners;
    private final AtomicIntegerArray lent;

    Grains(int count) {
        ids = new GrainId[count];
        epochs = new int[count];
        owners = new byte[count];
        lent = new AtomicIntegerArray(count);
        for (int i = 0; i < count; i++) {
            ids[i] = new GrainId(TYPE, key(i));
            epochs[i] = 1;
        }
    }

    int count() {
        return ids.length;
    }

    GrainId id(int grain) {
        return ids[grain];
    }

    ClusterId owner(int grain) {
        return CLUSTERS[owners[grain]];
    }

    /// Whoever is next after the owner.
    ClusterId next(int grain) {
        return CLUSTERS[(owners[grain] + 1) % CLUSTERS.length];
    }

    Epoch epoch(int grain) {
        return new Epoch(epochs[grain]);
    }

    /// Lends a grain near `wish` that nobody else has.
    int lend(int wish) {
        int grain = wish;
        while (!lent.compareAndSet(grain, 0, 1)) {
            grain = (grain + 1) % ids.length;
        }
        return grain;
    }

    void giveBack(int grain) {
        lent.set(grain, 0);
    }

    /// Takes note of what the directory says.
    void note(int grain, ClusterId owner, Epoch epoch) {
        epochs[grain] = (int) epoch.value();
        for (int i = 0; i < CLUSTERS.length; i++) {
            if (CLUSTERS[i].equals(owner)) {
                owners[grain] = (byte) i;
            }
        }
    }

    /// Takes note that all of them moved there and back, so often.
    void movedAll(int times) {
        for (int i = 0; i < epochs.length; i++) {
            epochs[i] += times;
        }
    }

    /// A key of 32 characters, scattered over the key space.
    static String key(long number) {
        char[] key = new char[32];
        long high = number * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < 16; i++) {
            key[i] = HEX[(int) (high >>> 60 - 4 * i) & 15];
            key[16 + i] = HEX[(int) (number >>> 60 - 4 * i) & 15];
        }
        return new String(key);
    }
}
