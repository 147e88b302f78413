package io.staddle.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A server that was started here.
record DevProcess(DevServer server, Process process) {

    /// Starts it and notes its process id.
    ///
    /// @param format whether it is to create its data directory first
    static DevProcess start(ServerCommand command, DevServer server, boolean format)
            throws IOException {
        Process process = command.run(server, format).start();
        process.getOutputStream().close();
        Files.writeString(server.pidFile(), process.pid() + "\n");
        return new DevProcess(server, process);
    }

    /// Returns the process id of a server that still runs, from this start or an earlier one.
    static Optional<Long> running(DevServer server) throws IOException {
        Path file = server.pidFile();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(Files.readString(file).strip());
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> isServer(handle, server))
                    .map(ProcessHandle::pid);
        } catch (NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    /// Ids of processes are used again: a server is known by the file that it was started with.
    private static boolean isServer(ProcessHandle process, DevServer server) {
        return process.info()
                .arguments()
                .map(words -> List.of(words).contains(server.config().toString()))
                .orElse(true);
    }

    /// Asks it to end.
    void terminate() {
        process.destroy();
    }

    /// Waits until it has ended, and kills it if that takes longer.
    ///
    /// @return whether it ended by itself
    boolean awaitEnd(long deadlineNanos) {
        boolean ended = false;
        try {
            ended = process.waitFor(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
        }
        removePidFile();
        return ended;
    }

    /// Takes the note of its process id away, unless another process has made it its own.
    void removePidFile() {
        try {
            Path file = server.pidFile();
            if (Files.exists(file)
                    && Files.readString(file).strip().equals(Long.toString(process.pid()))) {
                Files.delete(file);
            }
        } catch (IOException leftBehind) {
            // It is looked at with care when read.
        }
    }

    /// Returns the last lines of its log.
    List<String> lastWords(int lines) {
        try {
            List<String> all = Files.readAllLines(server.log());
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException unreadable) {
            return List.of("(" + server.log() + " cannot be read)");
        }
    }
}
