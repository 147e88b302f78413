package io.staddle.server;

import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.exit.Halt;

import org.apache.ratis.util.FileUtils;
import org.apache.ratis.util.function.CheckedFunction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Runs three servers in this process through what a start and most calls need, so that the JVM can
/// put the classes, and how hot their methods are, into an AOT cache (JEP 514 and 515).
///
/// It needs loopback, six free ports and 300 MB of the directory for temporary files, and leaves
/// nothing there.
final class Training {
    private static final int STARTS = 2;

    /// How long they may take: a server that cannot start would keep the others waiting.
    private static final long PATIENCE_SECONDS = 120;

    private Training() {}

    /// Runs through it. Takes some seconds.
    static void run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("staddle-training");
        try {
            List<ServerConfig> configs = TrainingSite.configure(directory);
            configs.forEach(DataDirectory::format);
            // The first start forms a quorum; a later one finds tables, a log and a snapshot.
            for (int i = 0; i < STARTS; i++) {
                serve(configs);
            }
        } finally {
            FileUtils.deleteFully(directory);
        }
    }

    private static void serve(List<ServerConfig> configs) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(configs.size())) {
            // All at once: with an empty log each waits for the others.
            List<ServerProcess> servers =
                    all(threads, configs, config -> StaddleServer.start(config, Halt.PROCESS));
            try (TrainingCalls calls = TrainingCalls.to(configs)) {
                calls.make();
            }
            all(threads, servers, Training::stop);
        }
    }

    private static ServerProcess stop(ServerProcess server) {
        server.close();
        return server;
    }

    private static <T, R> List<R> all(
            ExecutorService threads, List<T> inputs, CheckedFunction<T, R, Exception> work)
            throws InterruptedException {
        List<Callable<R>> calls = new ArrayList<>();
        inputs.forEach(input -> calls.add(() -> work.apply(input)));
        List<R> results = new ArrayList<>();
        try {
            for (Future<R> each : threads.invokeAll(calls, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a server did not start or stop", e.getCause());
        }
    }
}
