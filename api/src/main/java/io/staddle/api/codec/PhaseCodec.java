package io.staddle.api.codec;

import io.staddle.api.id.MoveId;
import io.staddle.api.query.FailoverPhase;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.FailoverPhase.Kind;

import java.util.List;

/// Codec of how far a failover has got.
final class PhaseCodec {
    private PhaseCodec() {}

    static io.staddle.api.v1.FailoverPhase encode(FailoverPhase phase) {
        io.staddle.api.v1.FailoverPhase.Builder encoded =
                io.staddle.api.v1.FailoverPhase.newBuilder();
        switch (phase) {
            case FailoverPhase.Monitoring same -> encoded.setKind(Kind.KIND_MONITORING);
            case FailoverPhase.Unreachable(var deadline, var left, var heldBy) ->
                    encoded.setKind(Kind.KIND_UNREACHABLE)
                            .setDeadlineMillis(deadline)
                            .setLeftMillis(left)
                            .addAllHeldBy(encode(heldBy));
            case FailoverPhase.Promoting(var heldBy) ->
                    encoded.setKind(Kind.KIND_PROMOTING).addAllHeldBy(encode(heldBy));
            case FailoverPhase.Promoted(var failover) ->
                    encoded.setKind(Kind.KIND_PROMOTED).setFailover(failover.value());
            case FailoverPhase.PromotedPartial(var failover, var stranded) ->
                    encoded.setKind(Kind.KIND_PROMOTED_PARTIAL)
                            .setFailover(failover.value())
                            .setStrandedGrains(stranded);
        }
        return encoded.build();
    }

    static FailoverPhase decode(io.staddle.api.v1.FailoverPhase phase) {
        return switch (phase.getKind()) {
            case KIND_MONITORING -> new FailoverPhase.Monitoring();
            case KIND_UNREACHABLE ->
                    new FailoverPhase.Unreachable(
                            phase.getDeadlineMillis(),
                            phase.getLeftMillis(),
                            decode(phase.getHeldByList()));
            case KIND_PROMOTING -> new FailoverPhase.Promoting(decode(phase.getHeldByList()));
            case KIND_PROMOTED -> new FailoverPhase.Promoted(new MoveId(phase.getFailover()));
            case KIND_PROMOTED_PARTIAL ->
                    new FailoverPhase.PromotedPartial(
                            new MoveId(phase.getFailover()), phase.getStrandedGrains());
            case KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("failover phase", "a known phase", "none or a newer");
        };
    }

    private static List<io.staddle.api.v1.Refusal> encode(List<Refusal> heldBy) {
        return heldBy.stream().map(RefusalCodec::encode).toList();
    }

    private static List<Refusal> decode(List<io.staddle.api.v1.Refusal> heldBy) {
        return heldBy.stream().map(RefusalCodec::decode).toList();
    }
}
