package io.staddle.client;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/// Measures the CPU time that the client itself takes for a call, against a server in this process
/// that answers without thinking.
///
///     java … io.staddle.client.ClientLoad [seconds a run]
///
/// Counted are the client's I/O thread and the threads that call; the server's threads, JIT and GC
/// are not.
final class ClientLoad {
    private static final int KEYS = 100_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ClusterId OWNER = new ClusterId("eu-1");

    private ClientLoad() {}

    public static void main(String[] args) throws InterruptedException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client =
                        StaddleClient.builder().endpoints(server.endpoint().toString()).build()) {
            AsyncGrainDirectory grains = client.grains().async();
            GrainId[] ids = new GrainId[KEYS];
            for (int i = 0; i < KEYS; i++) {
                ids[i] = GrainId.of("cart", "customer-" + i);
            }
            System.out.println("what     outstanding   calls/s   client CPU-µs a call   a batch");
            for (int round = 0; round < 2; round++) {
                for (int outstanding : new int[] {1, 16, 64, 256, 1024}) {
                    run(
                            "acquire",
                            outstanding,
                            seconds,
                            server,
                            i -> grains.acquire(at(ids, i), OWNER));
                    run("lookup", outstanding, seconds, server, i -> grains.lookup(at(ids, i)));
                }
            }
        }
    }

    private static GrainId at(GrainId[] ids, long i) {
        return ids[(int) (i % KEYS)];
    }

    private static void run(
            String what,
            int outstanding,
            int seconds,
            FakeServer server,
            LongFunction<CompletableFuture<?>> call)
            throws InterruptedException {
        AtomicLong count = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        CountDownLatch ended = new CountDownLatch(outstanding);
        long cpu = clientCpuNanos();
        long batches = server.requests();
        long start = System.nanoTime();
        for (int i = 0; i < outstanding; i++) {
            again(call, count, end, ended);
        }
        ended.await();
        double elapsed = (System.nanoTime() - start) / 1e9;
        double micros = (clientCpuNanos() - cpu) / 1e3 / count.get();
        System.out.printf(
                "%-8s %11d %9.0f %22.2f %9.1f%n",
                what,
                outstanding,
                count.get() / elapsed,
                micros,
                (double) count.get() / (server.requests() - batches));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the latch tells when all have ended
    private static void again(
            LongFunction<CompletableFuture<?>> call,
            AtomicLong count,
            long end,
            CountDownLatch ended) {
        call.apply(count.getAndIncrement())
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        failure.printStackTrace();
                    }
                    if (failure != null || System.nanoTime() - end > 0) {
                        ended.countDown();
                    } else {
                        again(call, count, end, ended);
                    }
                });
    }

    private static long clientCpuNanos() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && isClients(thread.getThreadName())) {
                sum += THREADS.getThreadCpuTime(thread.getThreadId());
            }
        }
        return sum;
    }

    private static boolean isClients(String name) {
        return name.startsWith("staddle-client") || name.equals("main");
    }
}
