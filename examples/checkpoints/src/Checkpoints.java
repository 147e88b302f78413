import io.staddle.api.id.NodeId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The directory that all workers write their snapshots to, one for each epoch: `w1.prepared` until
/// the barrier is decided, then `w1`, or nothing. All of it may be done twice.
final class Checkpoints {
    private final Path directory;

    Checkpoints(Path work) {
        directory = work.resolve("checkpoints");
    }

    void prepare(long epoch, NodeId worker, Snapshot snapshot) {
        write(file(epoch, worker + ".prepared"), snapshot.lines());
    }

    void publish(long epoch, NodeId worker) {
        Path prepared = file(epoch, worker + ".prepared");
        try {
            if (Files.exists(prepared)) {
                Files.move(prepared, file(epoch, worker.value()), StandardCopyOption.ATOMIC_MOVE);
            }
            told(epoch, worker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void discard(long epoch, NodeId worker) {
        try {
            Files.deleteIfExists(file(epoch, worker + ".prepared"));
            told(epoch, worker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last epoch whose decision the worker has put into effect; 0 for none.
    long toldEpoch(NodeId worker) throws IOException {
        Path told = directory.resolve(worker + ".told");
        return Files.exists(told) ? Long.parseLong(Files.readAllLines(told).getFirst()) : 0;
    }

    /// Reads what a worker has prepared for an epoch that is committed, whether it is published yet
    /// or not: the log says that it holds.
    Snapshot committed(long epoch, NodeId worker) throws IOException {
        try {
            return Snapshot.parse(Files.readAllLines(file(epoch, worker.value())));
        } catch (NoSuchFileException notPublished) {
            return Snapshot.parse(Files.readAllLines(file(epoch, worker + ".prepared")));
        }
    }

    private void told(long epoch, NodeId worker) {
        write(directory.resolve(worker + ".told"), List.of(Long.toString(epoch)));
    }

    private Path file(long epoch, String name) {
        return directory.resolve(Long.toString(epoch)).resolve(name);
    }

    /// Whole or not at all, and durable.
    static void write(Path file, List<String> lines) {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    draft,
                    String.join("\n", lines) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
