package io.staddle.api.codec;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.AdmitServer;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.NoteMembers;
import io.staddle.api.v1.PutConfig;
import io.staddle.api.v1.RaiseFeatureLevel;
import io.staddle.api.v1.ReplaceServer;

/// Codec of the commands about Staddle itself.
final class AdminCommandCodec {
    private AdminCommandCodec() {}

    static void encode(AdminCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case AdminCommand.PutConfig c ->
                    to.setPutConfig(
                            PutConfig.newBuilder()
                                    .putAllChanges(c.changes())
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case AdminCommand.RaiseFeatureLevel c ->
                    to.setRaiseFeatureLevel(
                            RaiseFeatureLevel.newBuilder().setLevel(c.level()).setOrigin(by));
            case AdminCommand.AdmitServer c ->
                    to.setAdmitServer(
                            AdmitServer.newBuilder()
                                    .setServer(c.server().value())
                                    .setIncarnation(c.incarnation())
                                    .setOrigin(by));
            case AdminCommand.ReplaceServer c ->
                    to.setReplaceServer(
                            ReplaceServer.newBuilder()
                                    .setServer(c.server().value())
                                    .setLost(c.lost())
                                    .setIncarnation(c.incarnation())
                                    .setOrigin(by));
            case AdminCommand.NoteMembers c ->
                    to.setNoteMembers(
                            NoteMembers.newBuilder()
                                    .addAllMembers(MemberCodec.encode(c.members()))
                                    .setOrigin(by));
        }
    }

    static Proposal putConfig(PutConfig c) {
        return new Proposal(
                new AdminCommand.PutConfig(c.getChangesMap(), c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal raiseFeatureLevel(RaiseFeatureLevel c) {
        return new Proposal(
                new AdminCommand.RaiseFeatureLevel(c.getLevel()), ModelCodec.decode(c.getOrigin()));
    }

    static Proposal admitServer(AdmitServer c) {
        return new Proposal(
                new AdminCommand.AdmitServer(new ServerId(c.getServer()), c.getIncarnation()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal replaceServer(ReplaceServer c) {
        return new Proposal(
                new AdminCommand.ReplaceServer(
                        new ServerId(c.getServer()), c.getLost(), c.getIncarnation()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal noteMembers(NoteMembers c) {
        return new Proposal(
                new AdminCommand.NoteMembers(MemberCodec.decode(c.getMembersList())),
                ModelCodec.decode(c.getOrigin()));
    }
}
