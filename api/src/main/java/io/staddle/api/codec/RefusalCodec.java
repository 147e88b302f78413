package io.staddle.api.codec;

import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Unfitness;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.api.refusal.Remedy;

import java.util.Optional;

/// Codec of refusals. Facts travel by name, so that a client of another language can show what it
/// does not know.
public final class RefusalCodec {
    private RefusalCodec() {}

    /// Encodes a refusal with its words.
    public static io.staddle.api.v1.Refusal encode(Refusal refusal) {
        RefusalText text = RefusalText.of(refusal);
        io.staddle.api.v1.Refusal.Builder encoded =
                io.staddle.api.v1.Refusal.newBuilder()
                        .setCode(text.code())
                        .setRemedy(remedy(text.remedy()))
                        .setMessage(text.message())
                        .setNext(text.next())
                        .putAllFacts(RefusalFacts.of(refusal));
        if (refusal instanceof Refusal.OfGrain ofGrain) {
            encoded.setCurrent(OwnershipCodec.encode(ofGrain.current()));
        }
        return encoded.build();
    }

    /// Decodes a refusal; one whose code is of a newer version keeps its words and its remedy.
    ///
    /// @throws IllegalArgumentException if its facts do not fit its code
    public static Refusal decode(io.staddle.api.v1.Refusal encoded) {
        Facts facts = new Facts(encoded);
        return switch (encoded.getCode()) {
            case "MALFORMED" ->
                    new Refusal.Malformed(
                            facts.text("field"), facts.text("expected"), facts.text("found"));
            case "NOT_FOUND" -> new Refusal.NotFound(facts.text("kind"), facts.text("name"));
            case "ALREADY_EXISTS" ->
                    new Refusal.AlreadyExists(
                            facts.text("kind"), facts.text("name"), facts.text("difference"));
            case "VERSION_CONFLICT" ->
                    new Refusal.VersionConflict(
                            facts.text("kind"),
                            facts.text("name"),
                            facts.number("seen"),
                            facts.number("current"));
            case "CLUSTER_FENCED" ->
                    new Refusal.ClusterFenced(
                            facts.cluster("cluster"),
                            new Fence(facts.number("fence")),
                            facts.constant("state", ClusterState.class));
            case "CLUSTER_DRAINING" -> new Refusal.ClusterDraining(facts.cluster("cluster"));
            case "PLACEMENT_FORBIDDEN" ->
                    new Refusal.PlacementForbidden(
                            new GrainType(facts.text("type")),
                            facts.cluster("cluster"),
                            facts.clusters("allowed"));
            case "FORBIDDEN" -> new Refusal.Forbidden(facts.text("actor"), facts.text("needs"));
            case "LEASE_TOO_LONG" ->
                    new Refusal.LeaseTooLong(facts.number("asked"), facts.number("max"));
            case "SUCCESSOR_INELIGIBLE" ->
                    new Refusal.SuccessorIneligible(
                            facts.cluster("cluster"), facts.constant("why", Unfitness.class));
            case "ILLEGAL_TRANSITION" ->
                    new Refusal.IllegalTransition(
                            facts.text("kind"),
                            facts.text("name"),
                            facts.text("from"),
                            facts.text("to"));
            case "OWNS_GRAINS" ->
                    new Refusal.OwnsGrains(facts.cluster("cluster"), facts.number("grains"));
            case "QUOTA_REACHED" ->
                    new Refusal.QuotaReached(
                            facts.text("limit"),
                            facts.text("kind"),
                            facts.text("name"),
                            facts.number("used"),
                            facts.number("max"));
            case "INVALID_CONFIG" ->
                    new Refusal.InvalidConfig(
                            facts.text("key"), facts.text("expected"), facts.text("found"));
            case "UNSUPPORTED_LEVEL" ->
                    new Refusal.UnsupportedLevel(
                            (int) facts.number("asked"),
                            (int) facts.number("current"),
                            (int) facts.number("newest"));
            case "SERVER_REPLACED" ->
                    new Refusal.ServerReplaced(
                            facts.text("server"), facts.text("known"), facts.text("found"));
            default -> ofGrain(encoded.getCode(), facts);
        };
    }

    private static Refusal ofGrain(String code, Facts facts) {
        return switch (code) {
            case "OWNED_BY_OTHER" -> new Refusal.OwnedByOther(facts.current());
            case "STALE_EPOCH" -> new Refusal.StaleEpoch(facts.epoch("seen"), facts.current());
            case "EPOCH_JUMP" ->
                    new Refusal.EpochJump(
                            facts.epoch("seen"), facts.current(), facts.number("maxJump"));
            case "EPOCH_EXHAUSTED" -> new Refusal.EpochExhausted(facts.current());
            case "OWNER_ALIVE" -> new Refusal.OwnerAlive(facts.current());
            case "CAS_CONFLICT" -> new Refusal.CasConflict(facts.current());
            case "NOT_OWNER" -> new Refusal.NotOwner(facts.current());
            default -> ofReplay(code, facts);
        };
    }

    private static Refusal ofReplay(String code, Facts facts) {
        return switch (code) {
            case "BUFFER_FULL" ->
                    new Refusal.BufferFull(
                            facts.cluster("target"),
                            facts.text("limit"),
                            facts.number("used"),
                            facts.number("max"));
            case "TOO_LARGE" ->
                    new Refusal.TooLarge(
                            facts.text("what"), facts.number("bytes"), facts.number("max"));
            case "TOO_MANY_GAPS" ->
                    new Refusal.TooManyGaps(
                            facts.cluster("target"),
                            facts.cluster("origin"),
                            facts.number("missing"),
                            facts.number("max"));
            case "OUT_OF_RANGE" ->
                    new Refusal.OutOfRange(
                            facts.text("what"),
                            facts.number("asked"),
                            facts.number("min"),
                            facts.number("max"));
            case "REPLAY_PENDING" ->
                    new Refusal.ReplayPending(facts.cluster("cluster"), facts.number("entries"));
            default -> ofFailover(code, facts);
        };
    }

    private static Refusal ofFailover(String code, Facts facts) {
        Optional<Refusal> known =
                FailoverRefusalCodec.decode(code, facts)
                        .or(() -> RoutingRefusalCodec.decode(code, facts))
                        .or(() -> MigrationRefusalCodec.decode(code, facts))
                        .or(() -> BarrierRefusalCodec.decode(code, facts))
                        .or(() -> PastRefusalCodec.decode(code, facts))
                        .or(() -> MemberRefusalCodec.decode(code, facts));
        return known.isPresent() ? known.get() : unrecognised(facts.encoded());
    }

    private static Refusal unrecognised(io.staddle.api.v1.Refusal encoded) {
        return new Refusal.Unrecognised(
                encoded.getCode(),
                remedy(encoded.getRemedy()),
                encoded.getMessage(),
                encoded.getNext());
    }

    private static Remedy remedy(io.staddle.api.v1.Remedy remedy) {
        return switch (remedy) {
            case REMEDY_RETRY_LATER -> Remedy.RETRY_LATER;
            case REMEDY_READ_AGAIN -> Remedy.READ_AGAIN;
            case REMEDY_STOP_ACTING -> Remedy.STOP_ACTING;
            case REMEDY_REPORT, REMEDY_UNSPECIFIED, UNRECOGNIZED -> Remedy.REPORT;
        };
    }

    private static io.staddle.api.v1.Remedy remedy(Remedy remedy) {
        return switch (remedy) {
            case RETRY_LATER -> io.staddle.api.v1.Remedy.REMEDY_RETRY_LATER;
            case READ_AGAIN -> io.staddle.api.v1.Remedy.REMEDY_READ_AGAIN;
            case STOP_ACTING -> io.staddle.api.v1.Remedy.REMEDY_STOP_ACTING;
            case REPORT -> io.staddle.api.v1.Remedy.REMEDY_REPORT;
        };
    }
}
