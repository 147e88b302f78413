package io.staddle.api.codec;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.MemberChangeKind;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.NotedChange;
import io.staddle.api.v1.MemberChange;

import java.util.List;

/// Codec of who is in the quorum, as history knows it.
public final class MemberCodec {
    private static final String KIND = "MEMBER_CHANGE_KIND_";

    private MemberCodec() {}

    /// Encodes a member.
    public static io.staddle.api.v1.MemberRecord encode(MemberRecord member) {
        return io.staddle.api.v1.MemberRecord.newBuilder()
                .setServer(member.server().value())
                .setVotes(member.votes())
                .setPriority(member.priority())
                .build();
    }

    /// Decodes a member.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static MemberRecord decode(io.staddle.api.v1.MemberRecord member) {
        return new MemberRecord(
                new ServerId(member.getServer()), member.getVotes(), member.getPriority());
    }

    static List<io.staddle.api.v1.MemberRecord> encode(List<MemberRecord> members) {
        return members.stream().map(MemberCodec::encode).toList();
    }

    static List<MemberRecord> decode(List<io.staddle.api.v1.MemberRecord> members) {
        return members.stream().map(MemberCodec::decode).toList();
    }

    static MemberChange encode(NotedChange change) {
        return MemberChange.newBuilder()
                .setServer(change.server().value())
                .setKind(io.staddle.api.v1.MemberChangeKind.valueOf(KIND + change.kind().name()))
                .build();
    }

    static NotedChange decode(MemberChange change) {
        return new NotedChange(
                new ServerId(change.getServer()),
                Constants.decode(MemberChangeKind.class, KIND, change.getKind()));
    }
}
