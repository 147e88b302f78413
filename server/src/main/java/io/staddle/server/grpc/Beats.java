package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.CommandCodec;
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
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.Cluster;
import io.staddle.api.v1.ListClustersAnswer;
import io.staddle.server.front.CommandCall;
import io.staddle.server.front.Failures;
import io.staddle.server.front.Fate;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.liveness.Confirmation;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.liveness.Sightings;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Takes the beats of clusters. One that brings news is logged, by the leader and for its term; the
/// others are answered from what the leader has applied, while it is sure that it leads.
final class Beats {
    private static final Logger LOG = LoggerFactory.getLogger(Beats.class);
    private static final Origin ORIGIN = new Origin("staddle/beats", "", "");

    /// The leadership is confirmed twice a second, however many beats there are.
    private static final Duration CONFIRMED = Duration.ofMillis(500);

    private final Quorum quorum;
    private final Commands commands;
    private final Clock clock;
    private final Liveness liveness;
    private final Confirmation leadership;

    Beats(Quorum quorum, Commands commands, Clock clock, Liveness liveness) {
        this.quorum = quorum;
        this.commands = commands;
        this.clock = clock;
        this.liveness = liveness;
        leadership = new Confirmation(quorum, System::nanoTime, CONFIRMED);
    }

    void take(BeatRequest request, StreamObserver<BeatAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        Reply<BeatAnswer> reply = new Reply<>(observer, caller.eventLoop());
        OptionalLong leads = quorum.leadingTerm();
        try (View view = quorum.view()) {
            Beat beat = BeatRequests.beat(request, clock.millis(view));
            Sightings sightings = BeatRequests.sightings(request);
            if (leads.isEmpty() || hear(beat, sightings, leads.getAsLong(), view)) {
                // Who does not lead says so as for any command.
                commands.submit(new News(beat, leads.orElse(0), caller.deadlineNanos(), reply));
            } else {
                confirm(beat.cluster(), leads.getAsLong(), view, reply);
            }
        } catch (MalformedException e) {
            reply.malformed(e);
        }
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

    /// Notes a sign of life, unless it is of an earlier life of the cluster. Tells whether it
    /// brings news.
    private boolean hear(Beat beat, Sightings sightings, long term, View view) {
        Queries state = new Queries(view);
        Optional<ClusterRecord> cluster = state.cluster(beat.cluster());
        if (cluster.isEmpty() || beat.incarnation() < cluster.get().vitals().incarnation()) {
            return false;
        }
        liveness.heard(term, beat.cluster(), sightings);
        return io.staddle.statemachine.clusters.Beats.bringsNews(
                beat, cluster.get(), state.config());
    }

    private void confirm(ClusterId id, long term, View view, Reply<BeatAnswer> reply) {
        CompletableFuture<Long> confirmed = leadership.ofTerm(term);
        if (confirmed.state() == Future.State.SUCCESS) {
            reply.send(answer(id, view, confirmed.resultNow()));
            return;
        }
        var _ =
                confirmed.whenComplete((ledNanos, failure) -> {
                    if (failure == null) {
                        reply.sendLater(() -> answer(id, ledNanos));
                    } else {
                        reply.fail(Failures.of(failure, Fate.NONE, LOG));
                    }
                });
    }

    private BeatAnswer answer(ClusterId id, long ledNanos) {
        try (View view = quorum.view()) {
            return answer(id, view, ledNanos);
        }
    }

    /// @param ledNanos a moment at which this server led
    private static BeatAnswer answer(ClusterId id, View view, long ledNanos) {
        Queries state = new Queries(view);
        Optional<ClusterRecord> cluster = state.cluster(id);
        if (cluster.isEmpty()) {
            return BeatAnswer.newBuilder()
                    .setRefusal(RefusalCodec.encode(new Refusal.NotFound("cluster", id.value())))
                    .build();
        }
        Config config = state.config();
        long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ledNanos) + 1;
        return BeatAnswer.newBuilder()
                .setCluster(ClusterCodec.encode(cluster.get()))
                .setFenced(cluster.get().isFenced())
                .setPrimacy(HealthCodec.encode(state.primacy()))
                .setBeatIntervalMillis(config.get(Setting.BEAT_INTERVAL_MILLIS))
                .setSuspectAfterMillis(config.get(Setting.SUSPECT_AFTER_MILLIS))
                .setGraceMillis(config.get(Setting.GRACE_MILLIS))
                .setLeadershipAgeMillis(age)
                .build();
    }

    /// A beat that is on its way into the log, and answered when it is there. That it got there
    /// shows that this server led after the beat came.
    private final class News implements CommandCall {
        private final ClusterId cluster;
        private final List<PreparedCommand> prepared;
        private final long deadlineNanos;
        private final long cameNanos = System.nanoTime();
        private final Reply<BeatAnswer> reply;

        News(Beat beat, long term, long deadlineNanos, Reply<BeatAnswer> reply) {
            cluster = beat.cluster();
            Proposal proposal = new Proposal(new RecordBeats(List.of(beat)), ORIGIN, term);
            prepared = List.of(new PreparedCommand(CommandCodec.encode(proposal), proposal));
            this.deadlineNanos = deadlineNanos;
            this.reply = reply;
        }

        @Override
        public List<PreparedCommand> commands() {
            return prepared;
        }

        @Override
        public long deadlineNanos() {
            return deadlineNanos;
        }

        @Override
        public void answer(List<Outcome> outcomes) {
            reply.sendLater(() -> Beats.this.answer(cluster, cameNanos));
        }

        @Override
        public void fail(UnansweredException why) {
            reply.fail(why);
        }
    }
}
