package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.Event;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Move;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.query.Moment;
import io.staddle.api.query.MovePlan;
import io.staddle.api.query.RecoveryDecision;
import io.staddle.api.query.ReplayStatus;
import io.staddle.api.query.ScopeState;
import io.staddle.api.refusal.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Whatever is encoded comes back equal, for random values of all records of the vocabulary.
final class RoundTripTest {
    private static final long SEED = Long.getLong("staddle.seed", 20_261_121);
    private static final int VALUES = 100;

    private final Samples samples = new Samples(SEED);

    static Stream<Class<?>> commands() {
        return Samples.leaves(Command.class).stream();
    }

    static Stream<Class<?>> events() {
        return Samples.leaves(Event.class).stream();
    }

    static Stream<Class<?>> refusals() {
        return Samples.leaves(Refusal.class).stream();
    }

    static Stream<Class<?>> answers() {
        return Samples.leaves(Answer.class).stream();
    }

    static Stream<Class<?>> moments() {
        return Samples.leaves(Moment.class).stream();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void aMomentComesBack(Class<? extends Moment> type) {
        comesBack(
                () -> samples.of(type),
                MomentCodec::encode,
                io.staddle.api.v1.AsOf.parser(),
                MomentCodec::decode);
    }

    static Stream<Class<?>> ownerships() {
        return Samples.leaves(Ownership.class).stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandComesBackWithItsOrigin(Class<? extends Command> type) {
        comesBack(
                () ->
                        new Proposal(
                                samples.of(type),
                                samples.of(Origin.class),
                                samples.of(Revision.class).index()),
                CommandCodec::encode,
                io.staddle.api.v1.Command.parser(),
                CommandCodec::decode);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventComesBackWithItsRevision(Class<? extends Event> type) {
        comesBack(
                () ->
                        new RecordedEvent(
                                samples.of(Revision.class),
                                samples.of(Revision.class).index(),
                                samples.of(Origin.class),
                                samples.of(type)),
                EventCodec::encode,
                io.staddle.api.v1.Event.parser(),
                EventCodec::decode);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalComesBackWithItsFacts(Class<? extends Refusal> type) {
        comesBack(
                () -> new Outcome.Refused(samples.of(Revision.class), samples.of(type)),
                OutcomeCodec::encode,
                io.staddle.api.v1.Outcome.parser(),
                OutcomeCodec::decode);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerComesBack(Class<? extends Answer> type) {
        comesBack(
                () -> new Outcome.Done(samples.of(Revision.class), samples.of(type)),
                OutcomeCodec::encode,
                io.staddle.api.v1.Outcome.parser(),
                OutcomeCodec::decode);
    }

    @ParameterizedTest
    @MethodSource("ownerships")
    void anOwnershipComesBack(Class<? extends Ownership> type) {
        comesBack(
                () -> samples.of(type),
                OwnershipCodec::encode,
                io.staddle.api.v1.Ownership.parser(),
                OwnershipCodec::decode);
    }

    @Test
    void whatIsKnownOfClustersComesBack() {
        comesBack(
                () -> samples.of(ClusterRecord.class),
                ClusterCodec::encode,
                io.staddle.api.v1.Cluster.parser(),
                ClusterCodec::decode);
        comesBack(
                () -> samples.of(ClusterSummary.class),
                ClusterCodec::encode,
                io.staddle.api.v1.Cluster.parser(),
                ClusterCodec::decodeSummary);
        comesBack(
                () -> samples.of(Primacy.class),
                HealthCodec::encode,
                io.staddle.api.v1.Primacy.parser(),
                HealthCodec::decode);
        comesBack(
                () -> samples.of(MovePlan.class),
                PlanCodec::encode,
                io.staddle.api.v1.MovePlan.parser(),
                PlanCodec::decode);
    }

    @Test
    void whatIsDoneAboutMigrationsComesBack() {
        comesBack(
                () -> samples.of(RecoveryDecision.class),
                RecoveryCodec::encode,
                io.staddle.api.v1.RecoveryDecision.parser(),
                RecoveryCodec::decode);
    }

    @Test
    void howScopesStandComesBack() {
        comesBack(
                () -> samples.of(ScopeState.class),
                ScopeCodec::encode,
                io.staddle.api.v1.ScopeState.parser(),
                ScopeCodec::decode);
    }

    @Test
    void theNounsComeBack() {
        comesBack(
                () -> samples.of(Placement.class),
                ModelCodec::encode,
                io.staddle.api.v1.Placement.parser(),
                ModelCodec::decode);
        comesBack(
                () -> samples.of(Config.class),
                ModelCodec::encode,
                io.staddle.api.v1.Config.parser(),
                ModelCodec::decode);
        comesBack(
                () -> samples.of(Move.class),
                MoveCodec::encode,
                io.staddle.api.v1.Move.parser(),
                MoveCodec::decode);
        comesBack(
                () -> samples.of(ReplayEntry.class),
                ReplayCodec::encode,
                io.staddle.api.v1.ReplayEntry.parser(),
                ReplayCodec::decode);
        comesBack(
                () -> samples.of(ReplayStatus.class),
                ReplayCodec::encode,
                io.staddle.api.v1.ReplayStatus.parser(),
                ReplayCodec::decode);
        comesBack(
                () -> samples.of(HoldingCount.class),
                MoveCodec::encode,
                io.staddle.api.v1.Holding.parser(),
                MoveCodec::decode);
        comesBack(
                () -> samples.of(BalancePlan.class),
                BalanceCodec::encode,
                io.staddle.api.v1.BalancePlan.parser(),
                BalanceCodec::decode);
    }

    @Test
    void aKindOfValueWithoutSamplesFailsTheTest() {
        record New(StringBuilder unheardOf) {}
        assertThatThrownBy(() -> samples.of(New.class)).hasMessageContaining("StringBuilder");
    }

    @Test
    void everyFamilyHasItsRecords() {
        assertThat(commands()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(events()).hasSizeGreaterThanOrEqualTo(18);
        assertThat(refusals()).hasSizeGreaterThanOrEqualTo(21);
        assertThat(List.of(answers().count(), ownerships().count())).containsExactly(26L, 4L);
    }

    private static <T, M extends MessageLite> void comesBack(
            Supplier<T> sample, Function<T, M> encode, Parser<M> parser, Function<M, T> decode) {
        for (int i = 0; i < VALUES; i++) {
            T value = sample.get();
            assertThat(decode.apply(parsed(encode.apply(value).toByteArray(), parser)))
                    .as("seed %s", SEED)
                    .isEqualTo(value);
        }
    }

    private static <M> M parsed(byte[] bytes, Parser<M> parser) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("what was encoded cannot be parsed", e);
        }
    }
}
