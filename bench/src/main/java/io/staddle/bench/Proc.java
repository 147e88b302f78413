package io.staddle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What Linux says of processes and of the machine.
final class Proc {
    /// A tick of `/proc` in microseconds: 100 ticks a second on every Linux that matters.
    private static final long TICK_MICROS = 10_000;

    private Proc() {}

    /// Returns the CPU time that a process has used, in microseconds; 0 if it is gone.
    static long cpuMicros(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
        } catch (IOException gone) {
            return 0;
        }
    }

    /// Returns the CPU time that the whole machine has used, in microseconds.
    static long machineMicros() {
        String[] fields = lines(Path.of("/proc/stat")).getFirst().trim().split(" +");
        long busy = 0;
        // user nice system idle iowait irq softirq steal
        for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
            busy += Long.parseLong(fields[i]);
        }
        return busy * TICK_MICROS;
    }

    /// Returns the resident memory of a process in MB.
    static long residentMb(long pid) {
        for (String line : lines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D+", "")) / 1024;
            }
        }
        return 0;
    }

    /// Returns the model of the CPU.
    static String cpuModel() {
        return lines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown CPU");
    }

    /// Returns the size of all files under `dir`, in MB; what is linked twice counts once.
    static long megabytes(Path dir) {
        try (Stream<Path> files = Files.walk(dir)) {
            var seen = new java.util.HashSet<Object>();
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.exists(file) && seen.add(Files.getAttribute(file, "unix:ino"))) {
                    bytes += Files.size(file);
                }
            }
            return bytes / 1_000_000;
        } catch (IOException | UncheckedIOException changing) {
            return -1;
        }
    }

    /// Runs a command and returns its output.
    static String run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes()).strip();
        } catch (IOException e) {
            return "?";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of("cpu 0 0 0 0 0 0 0 0");
        }
    }
}
