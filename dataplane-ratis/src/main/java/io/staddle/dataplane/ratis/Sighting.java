package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.Membership;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// How things stand with an attempt, as the leader of the group sees it.
///
/// @param leader who answers
/// @param committed the last entry that is on most voters
/// @param match the last entry that the target has, as it told the leader; 0 if it did not
/// @param pausedAt the entry at which the attempt paused writes; 0 if they are not paused by it
/// @param fencedBy the highest number of the vShard that the group knows of, if the attempt is
///     over; else 0
/// @param observed which version of the members is in effect, or was tried
/// @param wanted what the target is to be
/// @param seen what the target was at that version
record Sighting(
        NodeId leader,
        long committed,
        long match,
        long pausedAt,
        long fencedBy,
        long observed,
        Membership wanted,
        Membership seen) {
    /// Tells whether the target is what it is to be since a version.
    boolean isInEffect(long version) {
        return observed >= version && wanted == seen;
    }

    /// Tells whether the target has left since a version; if it is a member again, it has.
    boolean hasLeft(long version) {
        return observed >= version && (wanted != Membership.NONE || seen == Membership.NONE);
    }

    /// Tells whether the target is not in the group, nor to be; false before anybody has looked.
    boolean isNoMember() {
        return observed > 0 && wanted == Membership.NONE && seen == Membership.NONE;
    }

    ByteString encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(leader.value());
        out.writeLong(committed);
        out.writeLong(match);
        out.writeLong(pausedAt);
        out.writeLong(fencedBy);
        out.writeLong(observed);
        out.writeUTF(wanted.name());
        out.writeUTF(seen.name());
        return UnsafeByteOperations.unsafeWrap(bytes.toByteArray());
    }

    static Sighting decode(ByteString bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(bytes.newInput())) {
            return new Sighting(
                    new NodeId(in.readUTF()),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    Membership.valueOf(in.readUTF()),
                    Membership.valueOf(in.readUTF()));
        }
    }
}
