package io.staddle.dataplane.ratis;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.client.migration.Serving;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Commands and answers as bytes. The name of the kind comes first; it is format, as is the order
/// of what follows.
final class GroupCodec {
    /// The kinds of commands. The names are format.
    private enum CommandKind {
        WRITE,
        SERVE,
        STEP,
        RESUME,
        LEAVE,
        ADOPT,
        OBSERVE,
        WRITES
    }

    /// The kinds of answers. The names are format.
    private enum AnswerKind {
        TAKEN,
        FENCED,
        NEEDED,
        WROTE,
        PAUSED,
        NOT_SERVED,
        EACH
    }

    private GroupCodec() {}

    /// Writes one value.
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /// Reads one value.
    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    static ByteString encode(GroupCommand command) {
        return bytes(out -> {
            switch (command) {
                case GroupCommand.Write(var vShard, var as, var payload) -> {
                    out.writeUTF(CommandKind.WRITE.name());
                    out.writeShort(vShard.value());
                    Parts.write(out, as);
                    payload.writeTo(out);
                }
                case GroupCommand.Writes(var each) -> {
                    out.writeUTF(CommandKind.WRITES.name());
                    out.writeInt(each.size());
                    for (GroupCommand.Write write : each) {
                        writeSized(out, encode(write));
                    }
                }
                case GroupCommand.Serve(var vShard, var serving) -> {
                    out.writeUTF(CommandKind.SERVE.name());
                    out.writeShort(vShard.value());
                    Parts.write(out, serving);
                }
                case GroupCommand.Step(var kind, var attempt) -> {
                    out.writeUTF(CommandKind.STEP.name());
                    out.writeUTF(kind.name());
                    write(out, attempt);
                }
                case GroupCommand.Resume(var attempt, var serving) -> {
                    out.writeUTF(CommandKind.RESUME.name());
                    write(out, attempt);
                    Parts.write(out, serving);
                }
                case GroupCommand.Leave(var node, var configVersion) -> {
                    out.writeUTF(CommandKind.LEAVE.name());
                    out.writeUTF(node.value());
                    out.writeLong(configVersion);
                }
                case GroupCommand.Adopt(var members) -> {
                    out.writeUTF(CommandKind.ADOPT.name());
                    Parts.write(out, members);
                }
                case GroupCommand.Observe(var term, var version, var seen) -> {
                    out.writeUTF(CommandKind.OBSERVE.name());
                    out.writeLong(term);
                    out.writeLong(version);
                    Parts.write(out, seen);
                }
            }
        });
    }

    static GroupCommand decodeCommand(ByteString bytes) {
        return value(
                bytes,
                in ->
                        switch (CommandKind.valueOf(in.readUTF())) {
                            case WRITE ->
                                    new GroupCommand.Write(vShard(in), Parts.serving(in), rest(in));
                            case WRITES -> new GroupCommand.Writes(list(in, GroupCodec::write));
                            case SERVE -> new GroupCommand.Serve(vShard(in), Parts.serving(in));
                            case STEP ->
                                    new GroupCommand.Step(
                                            GroupCommand.Kind.valueOf(in.readUTF()), attempt(in));
                            case RESUME -> new GroupCommand.Resume(attempt(in), Parts.serving(in));
                            case LEAVE ->
                                    new GroupCommand.Leave(new NodeId(in.readUTF()), in.readLong());
                            case ADOPT -> new GroupCommand.Adopt(Parts.configuration(in));
                            case OBSERVE ->
                                    new GroupCommand.Observe(
                                            in.readLong(), in.readLong(), Parts.configuration(in));
                        });
    }

    static ByteString encode(Attempt attempt) {
        return bytes(out -> write(out, attempt));
    }

    static Attempt decodeAttempt(ByteString bytes) {
        return value(bytes, GroupCodec::attempt);
    }

    static ByteString encode(GroupAnswer answer) {
        return bytes(out -> {
            switch (answer) {
                case GroupAnswer.Taken(var version) -> {
                    out.writeUTF(AnswerKind.TAKEN.name());
                    out.writeLong(version);
                }
                case GroupAnswer.Fenced(var highest) -> {
                    out.writeUTF(AnswerKind.FENCED.name());
                    out.writeLong(highest);
                }
                case GroupAnswer.Needed needed -> out.writeUTF(AnswerKind.NEEDED.name());
                case GroupAnswer.Wrote(var result) -> {
                    out.writeUTF(AnswerKind.WROTE.name());
                    result.writeTo(out);
                }
                case GroupAnswer.Each(var answers) -> {
                    out.writeUTF(AnswerKind.EACH.name());
                    out.writeInt(answers.size());
                    for (GroupAnswer each : answers) {
                        writeSized(out, encode(each));
                    }
                }
                case GroupAnswer.Paused paused -> out.writeUTF(AnswerKind.PAUSED.name());
                case GroupAnswer.NotServed(var serving) -> {
                    out.writeUTF(AnswerKind.NOT_SERVED.name());
                    Parts.write(out, serving);
                }
            }
        });
    }

    static GroupAnswer decodeAnswer(ByteString bytes) {
        return value(
                bytes,
                in ->
                        switch (AnswerKind.valueOf(in.readUTF())) {
                            case TAKEN -> new GroupAnswer.Taken(in.readLong());
                            case FENCED -> new GroupAnswer.Fenced(in.readLong());
                            case NEEDED -> new GroupAnswer.Needed();
                            case WROTE -> new GroupAnswer.Wrote(rest(in));
                            case EACH -> new GroupAnswer.Each(list(in, GroupCodec::decodeAnswer));
                            case PAUSED -> new GroupAnswer.Paused();
                            case NOT_SERVED -> new GroupAnswer.NotServed(Parts.serving(in));
                        });
    }

    static void write(DataOutputStream out, Attempt attempt) throws IOException {
        out.writeShort(attempt.vShard().value());
        out.writeLong(attempt.number());
        out.writeUTF(attempt.target().value());
        out.writeUTF(attempt.before().name());
    }

    static Attempt attempt(DataInputStream in) throws IOException {
        return new Attempt(
                vShard(in),
                in.readLong(),
                new NodeId(in.readUTF()),
                Membership.valueOf(in.readUTF()));
    }

    private static GroupCommand.Write write(ByteString bytes) {
        if (decodeCommand(bytes) instanceof GroupCommand.Write write) {
            return write;
        }
        throw new UncheckedIOException(new IOException("a write was expected among writes"));
    }

    private static void writeSized(DataOutputStream out, ByteString bytes) throws IOException {
        out.writeInt(bytes.size());
        bytes.writeTo(out);
    }

    private static <T> List<T> list(DataInputStream in, Function<ByteString, T> reading)
            throws IOException {
        List<T> all = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            all.add(reading.apply(UnsafeByteOperations.unsafeWrap(in.readNBytes(in.readInt()))));
        }
        return all;
    }

    private static VShardId vShard(DataInputStream in) throws IOException {
        return new VShardId(in.readUnsignedShort());
    }

    private static ByteString rest(DataInputStream in) throws IOException {
        return UnsafeByteOperations.unsafeWrap(in.readAllBytes());
    }

    private static ByteString bytes(Writing writing) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            writing.to(out);
            out.flush();
            return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory was expected not to fail", e);
        }
    }

    private static <T> T value(ByteString bytes, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(bytes.newInput())) {
            return reading.from(in);
        } catch (IOException e) {
            throw new UncheckedIOException("a command or an answer of a group was expected", e);
        }
    }

    /// Values that commands, answers and snapshots share.
    static final class Parts {
        private Parts() {}

        static void write(DataOutputStream out, Serving serving) throws IOException {
            out.writeUTF(serving.holder().value());
            out.writeLong(serving.epoch().value());
        }

        static Serving serving(DataInputStream in) throws IOException {
            return new Serving(new NodeId(in.readUTF()), new Epoch(in.readLong()));
        }

        static void write(DataOutputStream out, Configuration members) throws IOException {
            write(out, members.voters());
            write(out, members.learners());
        }

        static Configuration configuration(DataInputStream in) throws IOException {
            return new Configuration(nodes(in), nodes(in));
        }

        private static void write(DataOutputStream out, SortedSet<NodeId> nodes)
                throws IOException {
            out.writeInt(nodes.size());
            for (NodeId node : nodes) {
                out.writeUTF(node.value());
            }
        }

        private static SortedSet<NodeId> nodes(DataInputStream in) throws IOException {
            SortedSet<NodeId> nodes = new TreeSet<>();
            for (int left = in.readInt(); left > 0; left--) {
                nodes.add(new NodeId(in.readUTF()));
            }
            return nodes;
        }
    }
}
