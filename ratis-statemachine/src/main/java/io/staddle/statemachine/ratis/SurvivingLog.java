package io.staddle.statemachine.ratis;

import io.staddle.statemachine.machine.EntryCodec;
import io.staddle.statemachine.machine.Machine;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Store;

import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.util.SizeInBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The log of a server that does not run and will not run again.
public final class SurvivingLog {
    private static final Logger LOG = LoggerFactory.getLogger(SurvivingLog.class);
    private static final SizeInBytes ENTRY_BYTES_MAX = SizeInBytes.valueOf("256MB");

    private final Store store;
    private final Machine machine;
    private long lastIndex = -1;
    private boolean broken;
    private int applied;

    private SurvivingLog(Store store) {
        this.store = store;
        machine = new Machine(store);
    }

    /// Applies all entries that are behind the tables, to the end of the log or to where it cannot
    /// be read, and returns how many those were. Nobody knows any more which were committed.
    ///
    /// @param raft where the server kept its log
    /// @param store a copy of its tables
    /// @throws CorruptDataException if there are entries missing between the two
    public static int apply(Path raft, Store store) throws IOException {
        SurvivingLog log = new SurvivingLog(store);
        for (LogSegmentPath segment : segments(raft)) {
            int read =
                    LogSegment.readSegmentFile(
                            segment.getPath().toFile(),
                            segment.getStartEnd(),
                            ENTRY_BYTES_MAX,
                            CorruptionPolicy.WARN_AND_RETURN,
                            null,
                            log::take);
            if (read == 0) {
                break;
            }
        }
        return log.applied;
    }

    private void take(LogEntryProto entry) {
        long behindTables = store.applied().index() + 1;
        if (lastIndex < 0 && entry.getIndex() > behindTables) {
            throw new CorruptDataException(
                    "expected entry %d in the log, found %d as the first"
                            .formatted(behindTables, entry.getIndex()));
        }
        if (lastIndex >= 0 && entry.getIndex() != lastIndex + 1 && !broken) {
            broken = true;
            LOG.warn("entry {} of the log cannot be read: it ends there", lastIndex + 1);
        }
        if (broken) {
            return;
        }
        lastIndex = entry.getIndex();
        if (entry.hasStateMachineLogEntry() && entry.getIndex() > store.applied().index()) {
            LogPosition position = new LogPosition(entry.getTerm(), entry.getIndex());
            var data = entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer();
            var _ = machine.apply(position, EntryCodec.decode(data));
            applied++;
        }
    }

    private static List<LogSegmentPath> segments(Path raft) throws IOException {
        if (!Files.isDirectory(raft)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(raft)) {
            return files.filter(Files::isRegularFile)
                    .map(LogSegmentPath::matchLogSegment)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparing(LogSegmentPath::getStartEnd))
                    .toList();
        }
    }
}
