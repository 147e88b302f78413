package io.staddle.it.kit;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// Ports for `staddle dev`, which takes six that it counts from the first one.
public final class DevPorts {
    private DevPorts() {}

    /// Returns a first one that all six are free from, apart from the ports of servers of tests.
    public static int base() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 16_900);
            if (IntStream.of(0, 1, 2, 100, 101, 102)
                    .allMatch(offset -> Ports.isFree(port + offset))) {
                return port;
            }
        }
    }
}
