package io.staddle.it.kit;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What can happen to files.
public final class Damage {
    private static final Pattern CLOSED_SEGMENT = Pattern.compile("log_(\\d+)-(\\d+)");

    private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");

    private Damage() {}

    /// Flips one bit in the middle of a file.
    public static void flipAByte(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long middle = channel.size() / 2;
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, middle);
            one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
            channel.write(one, middle);
        }
    }

    /// Returns the largest file below `directory` whose name ends so.
    public static Path largest(Path directory, String suffix) {
        return files(directory).stream()
                .filter(file -> file.toString().endsWith(suffix))
                .max(Comparator.comparingLong(Damage::size))
                .orElseThrow();
    }

    /// Returns the largest file that holds rows of a table.
    ///
    /// @param state the directory `state` of a server; of one that runs files come and go
    public static Path largestOfTable(Path state, String table) {
        Path database = largest(state, ".sst").resolveSibling(".").normalize();
        try (Options options = new Options()) {
            List<ColumnFamilyDescriptor> families =
                    RocksDB.listColumnFamilies(options, database.toString()).stream()
                            .map(ColumnFamilyDescriptor::new)
                            .toList();
            try (RocksDB rocks =
                    RocksDB.openReadOnly(database.toString(), families, new ArrayList<>())) {
                return rocks.getLiveFilesMetaData().stream()
                        .filter(file ->
                                new String(file.columnFamilyName(), StandardCharsets.UTF_8)
                                        .equals(table))
                        .map(file -> Path.of(file.path() + file.fileName()))
                        .max(Comparator.comparingLong(Damage::size))
                        .orElseThrow();
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns the closed segment of the log with most entries.
    public static Path closedSegment(Path directory) {
        return files(directory).stream()
                .filter(file -> CLOSED_SEGMENT.matcher(name(file)).matches())
                .max(Comparator.comparingLong(Damage::size))
                .orElseThrow();
    }

    /// Returns the first index that the log has; 0 as long as nothing was purged.
    public static long logBegin(Path directory) {
        return files(directory).stream()
                .map(file -> SEGMENT.matcher(name(file)))
                .filter(Matcher::matches)
                .mapToLong(segment -> Long.parseLong(segment.group(1)))
                .min()
                .orElseThrow();
    }

    /// Copies a directory with all that is in it.
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
