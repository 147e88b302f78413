package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.server.metrics.Sheet;
import io.staddle.server.raft.Quorum;
import io.staddle.storage.StorageException;
import io.staddle.storage.StoreFigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The database, and the disk that it and the log are on.
public final class StoreMetrics implements MultiCollector {
    private final Quorum quorum;
    private final Path data;

    /// @param data a directory on that disk
    public StoreMetrics(Quorum quorum, Path data) {
        this.quorum = quorum;
        this.data = data;
    }

    @Override
    public MetricSnapshots collect() {
        Sheet sheet = new Sheet();
        for (StoreFigure figure : StoreFigure.values()) {
            sheet.gauge(name(figure), help(figure), value(figure));
        }
        return disk(sheet).toSnapshots();
    }

    private double value(StoreFigure figure) {
        try {
            return (double) quorum.figure(figure);
        } catch (StorageException replaced) {
            return Double.NaN;
        }
    }

    private Sheet disk(Sheet sheet) {
        try {
            FileStore disk = Files.getFileStore(data);
            return sheet.gauge(
                            "staddle_disk_free_bytes",
                            "What is free on the disk of the data directory",
                            disk.getUsableSpace())
                    .gauge(
                            "staddle_disk_size_bytes",
                            "The size of the disk of the data directory",
                            disk.getTotalSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(StoreFigure figure) {
        return "staddle_rocksdb_" + figure.name().toLowerCase(Locale.ROOT);
    }

    private static String help(StoreFigure figure) {
        return switch (figure) {
            case MEMTABLE_BYTES -> "Committed and in memory only, until the next flush";
            case FILE_BYTES -> "Files of tables on the disk";
            case BLOCK_CACHE_BYTES -> "What the cache of blocks holds";
            case PENDING_COMPACTION_BYTES -> "What compactions have yet to rewrite, estimated";
            case RUNNING_COMPACTIONS -> "Compactions that run";
            case RUNNING_FLUSHES -> "Flushes that run";
            case WRITES_STOPPED -> "1 while commits wait for compactions or flushes";
        };
    }
}
