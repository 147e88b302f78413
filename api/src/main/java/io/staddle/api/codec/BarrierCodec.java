package io.staddle.api.codec;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Tally;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;
import io.staddle.api.v1.Barrier;
import io.staddle.api.v1.BarrierParticipant;
import io.staddle.api.v1.BarrierStatus;

import java.util.Optional;
import java.util.OptionalLong;

/// Codec of barriers and of who takes part in them.
///
/// Every `decode` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class BarrierCodec {
    private BarrierCodec() {}

    /// Encodes a barrier for an answer: with its status, for who does not want to compute it.
    public static Barrier encodeWithStatus(BarrierRecord barrier) {
        String status = "BARRIER_STATUS_" + barrier.status().name();
        return encode(barrier).toBuilder().setStatus(BarrierStatus.valueOf(status)).build();
    }

    /// Encodes a barrier.
    public static Barrier encode(BarrierRecord barrier) {
        Barrier.Builder encoded =
                Barrier.newBuilder()
                        .setScope(barrier.id().scope().value())
                        .setEpoch(barrier.id().epoch())
                        .setCheckpoint(barrier.checkpoint().value())
                        .setToken(barrier.token().value())
                        .setPolicy(encode(barrier.policy()))
                        .setParticipants(barrier.tally().participants())
                        .setAcknowledged(barrier.tally().prepared())
                        .setWithoutWatermark(barrier.tally().withoutWatermark())
                        .setBegunMillis(barrier.beganMillis())
                        .setTimeoutMillis(barrier.timeoutMillis())
                        .setDeadlineMillis(barrier.deadlineMillis());
        barrier.tally().lowest().ifPresent(encoded::setLowestMillis);
        encode(barrier.decision(), encoded);
        return encoded.build();
    }

    private static void encode(BarrierDecision decision, Barrier.Builder to) {
        switch (decision) {
            case BarrierDecision.Open same -> {}
            case BarrierDecision.Committed(var watermark, var scopeWatermark, var atMillis) -> {
                Barrier.Committed.Builder committed =
                        to.getCommittedBuilder().setAtMillis(atMillis);
                watermark.ifPresent(committed::setWatermarkMillis);
                scopeWatermark.ifPresent(committed::setScopeWatermarkMillis);
            }
            case BarrierDecision.Aborted(var code, var reason, var nodes, var atMillis) ->
                    to.getAbortedBuilder()
                            .setCode(encode(code))
                            .setReason(reason)
                            .addAllNodes(nodes.stream().map(NodeId::value).toList())
                            .setAtMillis(atMillis);
        }
    }

    /// Decodes a barrier.
    public static BarrierRecord decode(Barrier barrier) {
        return new BarrierRecord(
                new BarrierId(new ScopeId(barrier.getScope()), barrier.getEpoch()),
                new CheckpointId(barrier.getCheckpoint()),
                new Token(barrier.getToken()),
                decode(barrier.getPolicy()),
                new Tally(
                        barrier.getParticipants(),
                        barrier.getAcknowledged(),
                        optional(barrier.hasLowestMillis(), barrier.getLowestMillis()),
                        barrier.getWithoutWatermark()),
                barrier.getBegunMillis(),
                barrier.getTimeoutMillis(),
                barrier.getDeadlineMillis(),
                decision(barrier));
    }

    private static BarrierDecision decision(Barrier barrier) {
        return switch (barrier.getDecisionCase()) {
            case COMMITTED -> decode(barrier.getCommitted());
            case ABORTED ->
                    new BarrierDecision.Aborted(
                            Constants.decode(
                                    BarrierAbortCode.class,
                                    "BARRIER_ABORT_CODE_",
                                    barrier.getAborted().getCode()),
                            barrier.getAborted().getReason(),
                            barrier.getAborted().getNodesList().stream().map(NodeId::new).toList(),
                            barrier.getAborted().getAtMillis());
            case DECISION_NOT_SET -> new BarrierDecision.Open();
        };
    }

    private static BarrierDecision decode(Barrier.Committed committed) {
        return new BarrierDecision.Committed(
                optional(committed.hasWatermarkMillis(), committed.getWatermarkMillis()),
                optional(committed.hasScopeWatermarkMillis(), committed.getScopeWatermarkMillis()),
                committed.getAtMillis());
    }

    /// Encodes a participant.
    public static BarrierParticipant encode(Participation participant) {
        BarrierParticipant.Builder encoded =
                BarrierParticipant.newBuilder()
                        .setNode(participant.node().value())
                        .setIncarnation(participant.incarnation());
        participant
                .ballot()
                .ifPresent(ballot ->
                        encoded.setVote(encode(ballot.vote())).setVotedMillis(ballot.atMillis()));
        return encoded.build();
    }

    /// Decodes a participant.
    public static Participation decode(BarrierParticipant participant) {
        Optional<Ballot> ballot =
                participant.hasVote()
                        ? Optional.of(
                                new Ballot(
                                        decode(participant.getVote()),
                                        participant.getVotedMillis()))
                        : Optional.empty();
        return new Participation(
                new NodeId(participant.getNode()), participant.getIncarnation(), ballot);
    }

    static io.staddle.api.v1.Vote encode(Vote vote) {
        io.staddle.api.v1.Vote.Builder encoded = io.staddle.api.v1.Vote.newBuilder();
        switch (vote) {
            case Vote.Prepared(var watermark) -> {
                io.staddle.api.v1.Vote.Prepared.Builder prepared = encoded.getPreparedBuilder();
                watermark.ifPresent(prepared::setWatermarkMillis);
            }
            case Vote.Failed(var code, var text) ->
                    encoded.getFailedBuilder().setCode(code).setText(text);
        }
        return encoded.build();
    }

    static Vote decode(io.staddle.api.v1.Vote vote) {
        return switch (vote.getKindCase()) {
            case PREPARED ->
                    new Vote.Prepared(
                            optional(
                                    vote.getPrepared().hasWatermarkMillis(),
                                    vote.getPrepared().getWatermarkMillis()));
            case FAILED -> new Vote.Failed(vote.getFailed().getCode(), vote.getFailed().getText());
            case KIND_NOT_SET -> throw Malformed.of("vote", "prepared or failed", "none");
        };
    }

    static io.staddle.api.v1.WatermarkPolicy encode(WatermarkPolicy policy) {
        return io.staddle.api.v1.WatermarkPolicy.valueOf("WATERMARK_POLICY_" + policy.name());
    }

    static WatermarkPolicy decode(io.staddle.api.v1.WatermarkPolicy policy) {
        return Constants.decode(WatermarkPolicy.class, "WATERMARK_POLICY_", policy);
    }

    static OptionalLong optional(boolean isSet, long value) {
        return isSet ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static io.staddle.api.v1.BarrierAbortCode encode(BarrierAbortCode code) {
        return io.staddle.api.v1.BarrierAbortCode.valueOf("BARRIER_ABORT_CODE_" + code.name());
    }
}
