package io.staddle.statemachine.machine;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.MalformedException;
import io.staddle.api.v1.Command;
import io.staddle.statemachine.v1.LogEntry;
import io.staddle.storage.CorruptDataException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Codec of log entries.
public final class EntryCodec {
    private EntryCodec() {}

    /// Encodes an entry of a leader whose clock had not jumped.
    public static byte[] encode(long stampMillis, List<Command> commands) {
        return encode(stampMillis, 0, commands);
    }

    /// Encodes an entry of commands that are encoded already.
    public static byte[] encode(long stampMillis, long jumpMillis, List<Command> commands) {
        return LogEntry.newBuilder()
                .setStampMillis(stampMillis)
                .setJumpMillis(jumpMillis)
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
            LogEntry entry = LogEntry.parseFrom(shared(bytes));
            List<Proposal> proposals = new ArrayList<>(entry.getCommandsCount());
            for (Command command : entry.getCommandsList()) {
                proposals.add(CommandCodec.decode(command));
            }
            return new Entry(entry.getStampMillis(), entry.getJumpMillis(), proposals);
        } catch (IOException | MalformedException e) {
            throw new CorruptDataException(
                    "a committed log entry cannot be decoded: it is damaged, or of a newer version"
                            + " ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    /// Values of writes may be long, and stay where they are: nobody changes a committed entry.
    private static CodedInputStream shared(ByteBuffer bytes) {
        CodedInputStream from = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        from.enableAliasing(true);
        return from;
    }

    /// Decodes a committed entry.
    ///
    /// @throws CorruptDataException if it cannot be decoded
    public static Entry decode(ByteString bytes) {
        return decode(bytes.asReadOnlyByteBuffer());
    }
}
