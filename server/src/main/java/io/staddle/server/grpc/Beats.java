package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.HealthCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.command.HealthCommand.RecordBeats;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Suspicion;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.Cluster;
import io.staddle.api.v1.ListClustersAnswer;
import io.staddle.server.front.Failures;
import io.staddle.server.front.Fate;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.liveness.Confirmation;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.liveness.Sightings;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes the beats of clusters. One that brings news is logged, by the leader and for its term; the
/// others are answered from what the leader has applied, while it is sure that it leads.
final class Beats {
    private static final Logger LOG = LoggerFactory.getLogger(Beats.class);
    private static final Origin ORIGIN = new Origin("staddle/beats", "", "");

    /// The leadership is confirmed twice a second, however many beats there are.
    private static final Duration CONFIRMED = Duration.ofMillis(500);

    /// How many beats may wait until a majority has said who leads. Each is the beat of another
    /// cluster, or of one that does not wait for answers.
    static final int WAITING_MAX = 20_000;

    private final Quorum quorum;
    private final Commands commands;
    private final InstantSource clock;
    private final Liveness liveness;
    private final Confirmation leadership;
    private final AtomicInteger waiting = new AtomicInteger();

    Beats(Quorum quorum, Commands commands, InstantSource clock, Liveness liveness) {
        this.quorum = quorum;
        this.commands = commands;
        this.clock = clock;
        this.liveness = liveness;
        leadership = new Confirmation(quorum, System::nanoTime, CONFIRMED);
    }

    /// Takes one beat.
    void take(BeatRequest request, StreamObserver<BeatAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        take(request, new Reply<>(observer, caller.eventLoop()), caller.deadlineNanos());
    }

    /// Takes one beat. Who does not lead says so, as for any command.
    void take(BeatRequest request, Answerable<BeatAnswer> reply, long deadlineNanos) {
        OptionalLong leads = quorum.leadingTerm();
        try (View view = quorum.view()) {
            Beat beat = BeatRequests.beat(request, clock.millis());
            Sightings sightings = BeatRequests.sightings(request);
            Asked asked = new Asked(beat.cluster(), request.getNumber(), reply);
            Known known = Known.of(beat.cluster(), new Queries(view));
            if (leads.isEmpty() || hear(beat, sightings, leads.getAsLong(), known)) {
                commands.submit(news(beat, leads.orElse(0), asked, deadlineNanos));
            } else {
                confirm(asked, leads.getAsLong(), known);
            }
        } catch (MalformedException e) {
            reply.malformed(e);
        }
    }

    /// Says that there is no room for another beat that waits.
    static UnansweredException full() {
        return Failures.overloaded(WAITING_MAX + " beats wait already");
    }

    /// That a beat got into the log shows that this server led after it came.
    private NewsCall news(Beat beat, long term, Asked asked, long deadlineNanos) {
        long cameNanos = System.nanoTime();
        Proposal proposal = new Proposal(new RecordBeats(List.of(beat)), ORIGIN, term);
        return new NewsCall(
                proposal, deadlineNanos, asked.reply(), () -> answerLater(asked, cameNanos));
    }

    /// Adds to each cluster how long it has been silent, if this server leads and so can know.
    ListClustersAnswer.Builder withSilences(ListClustersAnswer.Builder answer) {
        OptionalLong leads = quorum.leadingTerm();
        if (leads.isPresent()) {
            for (Cluster.Builder each : answer.getClustersBuilderList()) {
                Duration silence = liveness.silence(leads.getAsLong(), new ClusterId(each.getId()));
                each.setSilentMillis(silence.toMillis());
            }
        }
        return answer;
    }

    /// Returns when a cluster was heard and who reaches it, if this server leads and so can know.
    Optional<Suspicion> heardOf(ClusterId cluster, View view) {
        OptionalLong leads = quorum.leadingTerm();
        if (leads.isEmpty()) {
            return Optional.empty();
        }
        long now = clock.millis();
        long term = leads.getAsLong();
        long recent = new Queries(view).config().get(Setting.SUSPECT_AFTER_MILLIS);
        return Optional.of(
                new Suspicion(
                        Math.max(0, now - liveness.silence(term, cluster).toMillis()),
                        liveness
                                .observations(term, Duration.ofMillis(recent), now)
                                .getOrDefault(cluster, List.of())
                                .stream()
                                .filter(each -> !each.observer().equals(cluster))
                                .toList()));
    }

    /// Notes a sign of life, unless it is of an earlier life of the cluster. Tells whether it
    /// brings news.
    private boolean hear(Beat beat, Sightings sightings, long term, Known known) {
        Optional<ClusterRecord> cluster = known.cluster();
        if (cluster.isEmpty() || beat.incarnation() < cluster.get().vitals().incarnation()) {
            return false;
        }
        liveness.heard(term, beat.cluster(), sightings);
        return io.staddle.statemachine.clusters.Beats.bringsNews(
                beat, cluster.get(), known.config());
    }

    private void confirm(Asked asked, long term, Known known) {
        CompletableFuture<Long> confirmed = leadership.ofTerm(term);
        if (confirmed.state() == Future.State.SUCCESS) {
            asked.reply().send(answer(asked, known, confirmed.resultNow()));
            return;
        }
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            asked.reply().fail(full());
            return;
        }
        var _ =
                confirmed.whenComplete((ledNanos, failure) -> {
                    waiting.decrementAndGet();
                    if (failure == null) {
                        answerLater(asked, ledNanos);
                    } else {
                        asked.reply().fail(Failures.of(failure, Fate.NONE, LOG));
                    }
                });
    }

    private void answerLater(Asked asked, long ledNanos) {
        asked.reply()
                .sendLater(() -> {
                    try (View view = quorum.view()) {
                        return answer(
                                asked, Known.of(asked.cluster(), new Queries(view)), ledNanos);
                    }
                });
    }

    /// @param ledNanos a moment at which this server led
    private static BeatAnswer answer(Asked asked, Known known, long ledNanos) {
        BeatAnswer.Builder answer = BeatAnswer.newBuilder().setNumber(asked.number());
        if (known.cluster().isEmpty()) {
            Refusal unknown = new Refusal.NotFound("cluster", asked.cluster().value());
            return answer.setRefusal(RefusalCodec.encode(unknown)).build();
        }
        ClusterRecord cluster = known.cluster().get();
        Config config = known.config();
        long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ledNanos) + 1;
        return answer.setCluster(ClusterCodec.encode(cluster))
                .setFenced(cluster.isFenced())
                .setPrimacy(HealthCodec.encode(known.primacy()))
                .setBeatIntervalMillis(config.get(Setting.BEAT_INTERVAL_MILLIS))
                .setSuspectAfterMillis(config.get(Setting.SUSPECT_AFTER_MILLIS))
                .setGraceMillis(config.get(Setting.GRACE_MILLIS))
                .setLeadershipAgeMillis(age)
                .build();
    }

    /// What the state says of a cluster and of beats.
    private record Known(Optional<ClusterRecord> cluster, Config config, Primacy primacy) {
        static Known of(ClusterId cluster, Queries state) {
            return new Known(state.cluster(cluster), state.config(), state.primacy());
        }
    }

    /// Whom an answer is about and for.
    ///
    /// @param number what it is to be known by
    private record Asked(ClusterId cluster, long number, Answerable<BeatAnswer> reply) {}
}
