package io.staddle.bench;

import java.lang.management.ManagementFactory;

/// What this thread and this process have used up to now.
///
/// @param threadNanos CPU time of the thread
/// @param processNanos CPU time of the process
/// @param allocatedBytes what the thread has allocated on the heap
record Spent(long threadNanos, long processNanos, long allocatedBytes) {
    static final Spent NOTHING = new Spent(0, 0, 0);

    static Spent untilNow() {
        return new Spent(
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(),
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean bean
                        ? bean.getProcessCpuTime()
                        : 0,
                ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean
                        ? bean.getCurrentThreadAllocatedBytes()
                        : 0);
    }

    /// What was used since `start`.
    static Spent since(Spent start) {
        return untilNow().minus(start);
    }

    Spent plus(Spent other) {
        return new Spent(
                threadNanos + other.threadNanos,
                processNanos + other.processNanos,
                allocatedBytes + other.allocatedBytes);
    }

    Spent minus(Spent other) {
        return new Spent(
                threadNanos - other.threadNanos,
                processNanos - other.processNanos,
                allocatedBytes - other.allocatedBytes);
    }

    /// Microseconds of the thread for each of `count`.
    double threadMicros(long count) {
        return threadNanos / 1e3 / count;
    }

    /// Microseconds of the process for each of `count`.
    double processMicros(long count) {
        return processNanos / 1e3 / count;
    }

    /// Bytes for each of `count`.
    double bytes(long count) {
        return (double) allocatedBytes / count;
    }
}
