package io.staddle.api.codec;

import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.AbortBarrier;
import io.staddle.api.v1.AckBarrier;
import io.staddle.api.v1.AcquireCoordinator;
import io.staddle.api.v1.BeginBarrier;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CommitBarrier;
import io.staddle.api.v1.ConfigureScope;
import io.staddle.api.v1.ExpireBarriers;
import io.staddle.api.v1.PruneBarriers;
import io.staddle.api.v1.ReleaseCoordinator;

/// Codec of the commands about barriers.
final class BarrierCommandCodec {
    private BarrierCommandCodec() {}

    static void encode(BarrierCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case BarrierCommand.ConfigureScope c ->
                    to.getConfigureScopeBuilder()
                            .setScope(c.scope().value())
                            .setPolicy(BarrierCodec.encode(c.policy()))
                            .setSolo(c.solo())
                            .setSeenVersion(c.seenVersion())
                            .setOrigin(by);
            case BarrierCommand.AcquireCoordinator c ->
                    to.getAcquireCoordinatorBuilder()
                            .setScope(c.scope().value())
                            .setNode(c.node().value())
                            .setIncarnation(c.incarnation())
                            .setLeaseMillis(c.leaseMillis())
                            .setOrigin(by);
            case BarrierCommand.ReleaseCoordinator c ->
                    to.getReleaseCoordinatorBuilder()
                            .setScope(c.scope().value())
                            .setToken(c.token().value())
                            .setOrigin(by);
            case BarrierCommand.BeginBarrier c -> to.setBeginBarrier(begin(c).setOrigin(by));
            case BarrierCommand.AckBarrier c ->
                    to.getAckBarrierBuilder()
                            .setScope(c.barrier().scope().value())
                            .setEpoch(c.barrier().epoch())
                            .setNode(c.node().value())
                            .setIncarnation(c.incarnation())
                            .setVote(BarrierCodec.encode(c.vote()))
                            .setOrigin(by);
            case BarrierCommand.CommitBarrier c ->
                    to.getCommitBarrierBuilder()
                            .setScope(c.barrier().scope().value())
                            .setEpoch(c.barrier().epoch())
                            .setToken(c.token().value())
                            .setOrigin(by);
            case BarrierCommand.AbortBarrier c ->
                    to.getAbortBarrierBuilder()
                            .setScope(c.barrier().scope().value())
                            .setEpoch(c.barrier().epoch())
                            .setToken(c.token().value())
                            .setReason(c.reason())
                            .setOrigin(by);
            case BarrierCommand.ExpireBarriers c ->
                    to.getExpireBarriersBuilder().setMax(c.max()).setOrigin(by);
            case BarrierCommand.PruneBarriers c ->
                    to.getPruneBarriersBuilder().setMax(c.max()).setOrigin(by);
        }
    }

    private static BeginBarrier.Builder begin(BarrierCommand.BeginBarrier c) {
        return BeginBarrier.newBuilder()
                .setScope(c.scope().value())
                .setToken(c.token().value())
                .setCheckpoint(c.checkpoint().value())
                .addAllParticipants(c.participants().stream().map(BarrierCodec::encode).toList())
                .setTimeoutMillis(c.timeoutMillis())
                .setEpoch(c.epoch());
    }

    static Proposal decode(ConfigureScope c) {
        return new Proposal(
                new BarrierCommand.ConfigureScope(
                        new ScopeId(c.getScope()),
                        BarrierCodec.decode(c.getPolicy()),
                        c.getSolo(),
                        c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(AcquireCoordinator c) {
        return new Proposal(
                new BarrierCommand.AcquireCoordinator(
                        new ScopeId(c.getScope()),
                        new NodeId(c.getNode()),
                        c.getIncarnation(),
                        c.getLeaseMillis()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ReleaseCoordinator c) {
        return new Proposal(
                new BarrierCommand.ReleaseCoordinator(
                        new ScopeId(c.getScope()), new Token(c.getToken())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(BeginBarrier c) {
        return new Proposal(
                new BarrierCommand.BeginBarrier(
                        new ScopeId(c.getScope()),
                        new Token(c.getToken()),
                        new CheckpointId(c.getCheckpoint()),
                        c.getParticipantsList().stream().map(BarrierCodec::decode).toList(),
                        c.getTimeoutMillis(),
                        c.getEpoch()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(AckBarrier c) {
        return new Proposal(
                new BarrierCommand.AckBarrier(
                        id(c.getScope(), c.getEpoch()),
                        new NodeId(c.getNode()),
                        c.getIncarnation(),
                        BarrierCodec.decode(c.getVote())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(CommitBarrier c) {
        return new Proposal(
                new BarrierCommand.CommitBarrier(
                        id(c.getScope(), c.getEpoch()), new Token(c.getToken())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(AbortBarrier c) {
        return new Proposal(
                new BarrierCommand.AbortBarrier(
                        id(c.getScope(), c.getEpoch()), new Token(c.getToken()), c.getReason()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ExpireBarriers c) {
        return new Proposal(
                new BarrierCommand.ExpireBarriers(c.getMax()), ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(PruneBarriers c) {
        return new Proposal(
                new BarrierCommand.PruneBarriers(c.getMax()), ModelCodec.decode(c.getOrigin()));
    }

    private static BarrierId id(String scope, long epoch) {
        return new BarrierId(new ScopeId(scope), epoch);
    }
}
