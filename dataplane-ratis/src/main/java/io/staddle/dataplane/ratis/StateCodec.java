package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The state of a group in its snapshots, before its data. The names are format.
final class StateCodec {
    private static final int FORMAT = 2;

    private StateCodec() {}

    static void write(DataOutputStream out, GroupState state) throws IOException {
        out.writeByte(FORMAT);
        out.writeInt(state.shards().size());
        for (Map.Entry<VShardId, ShardGuard> each : state.shards().entrySet()) {
            out.writeShort(each.getKey().value());
            write(out, each.getValue());
        }
        out.writeInt(state.members().size());
        for (Map.Entry<NodeId, Member> each : state.members().entrySet()) {
            out.writeUTF(each.getKey().value());
            write(out, each.getValue());
        }
        out.writeInt(state.departures().size());
        for (Map.Entry<NodeId, Departure> each : state.departures().entrySet()) {
            out.writeUTF(each.getKey().value());
            out.writeLong(each.getValue().configVersion());
            out.writeLong(each.getValue().version());
        }
        out.writeLong(state.version());
        out.writeLong(state.observedVersion());
        GroupCodec.Parts.write(out, state.observed());
        out.writeBoolean(state.lead().isPresent());
        if (state.lead().isPresent()) {
            GroupCodec.write(out, state.lead().get());
        }
    }

    static GroupState read(DataInputStream in) throws IOException {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("a snapshot of format " + FORMAT + " was expected: " + format);
        }
        SortedMap<VShardId, ShardGuard> shards = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            shards.put(new VShardId(in.readUnsignedShort()), guard(in));
        }
        SortedMap<NodeId, Member> members = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            members.put(new NodeId(in.readUTF()), member(in));
        }
        SortedMap<NodeId, Departure> departures = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            departures.put(new NodeId(in.readUTF()), new Departure(in.readLong(), in.readLong()));
        }
        return new GroupState(
                shards,
                members,
                departures,
                in.readLong(),
                in.readLong(),
                GroupCodec.Parts.configuration(in),
                in.readBoolean() ? Optional.of(GroupCodec.attempt(in)) : Optional.empty());
    }

    private static void write(DataOutputStream out, ShardGuard guard) throws IOException {
        GroupCodec.Parts.write(out, guard.serving());
        out.writeLong(guard.seen());
        out.writeLong(guard.over());
        out.writeLong(guard.overVersion());
        out.writeLong(guard.resumed());
        out.writeLong(guard.pausedBy());
        out.writeLong(guard.pausedAt());
    }

    private static ShardGuard guard(DataInputStream in) throws IOException {
        return new ShardGuard(
                GroupCodec.Parts.serving(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    private static void write(DataOutputStream out, Member member) throws IOException {
        out.writeUTF(member.is().name());
        out.writeUTF(member.was().name());
        out.writeInt(member.owner());
        out.writeLong(member.number());
        out.writeLong(member.since());
    }

    private static Member member(DataInputStream in) throws IOException {
        return new Member(
                Membership.valueOf(in.readUTF()),
                Membership.valueOf(in.readUTF()),
                in.readInt(),
                in.readLong(),
                in.readLong());
    }
}
