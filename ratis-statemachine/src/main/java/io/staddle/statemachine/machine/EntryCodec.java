package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.MalformedException;
import io.staddle.api.v1.Command;
import io.staddle.statemachine.v1.LogEntry;
import io.staddle.storage.CorruptDataException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Codec of log entries.
public final class EntryCodec {
    private EntryCodec() {}

    /// Encodes an entry of commands that are encoded already.
    public static byte[] encode(long stampMillis, List<Command> commands) {
        return LogEntry.newBuilder()
                .setStampMillis(stampMillis)
                .addAllCommands(commands)
                .build()
                .toByteArray();
    }

    /// Decodes a committed entry.
    ///
    /// The leader checked it before it was logged. So what cannot be decoded is of a newer version
    /// or was damaged, and this server must stop.
    ///
    /// @throws CorruptDataException if it cannot be decoded
    public static Entry decode(ByteBuffer bytes) {
        try {
            LogEntry entry = LogEntry.parseFrom(bytes);
            List<Proposal> proposals = new ArrayList<>(entry.getCommandsCount());
            for (Command command : entry.getCommandsList()) {
                proposals.add(CommandCodec.decode(command));
            }
            return new Entry(entry.getStampMillis(), proposals);
        } catch (InvalidProtocolBufferException | MalformedException e) {
            throw new CorruptDataException(
                    "a committed log entry cannot be decoded: it is damaged, or of a newer version"
                            + " ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    /// Decodes a committed entry.
    ///
    /// @throws CorruptDataException if it cannot be decoded
    public static Entry decode(ByteString bytes) {
        return decode(bytes.asReadOnlyByteBuffer());
    }
}
