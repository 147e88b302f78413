package io.staddle.statemachine.machine;

import java.util.List;
import java.util.stream.LongStream;

/// Which seeds a test of random commands runs: some of them, and all with `mvn verify -Pfull`.
/// `-Dstaddle.seed=N` is for one alone.
final class Seeds {
    private static final boolean FULL = Boolean.getBoolean("staddle.test.full");

    private Seeds() {}

    static List<Long> from(long first, int some, int all) {
        return LongStream.range(first, first + (FULL ? all : some)).boxed().toList();
    }
}
