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
import io.staddle.api.id.Fence;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Config;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.server.front.CommandCall;
import io.staddle.server.front.UnansweredException;
import io.staddle.server.raft.PreparedCommand;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Standing;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Takes the beats of clusters. One that brings news is logged, by the leader and for its term; the
/// others are answered from what the leader has applied.
final class Beats {
    private static final Origin ORIGIN = new Origin("staddle/beats", "", "");

    private final Quorum quorum;
    private final Commands commands;
    private final Clock clock;

    Beats(Quorum quorum, Commands commands, Clock clock) {
        this.quorum = quorum;
        this.commands = commands;
        this.clock = clock;
    }

    void take(BeatRequest request, StreamObserver<BeatAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        Reply<BeatAnswer> reply = new Reply<>(observer, caller.eventLoop());
        Standing standing = quorum.standing();
        try (View view = quorum.view()) {
            Beat beat = decode(request, clock.millis(view));
            Queries state = new Queries(view);
            Optional<ClusterRecord> cluster = state.cluster(beat.cluster());
            boolean news =
                    cluster.isPresent()
                            && io.staddle.statemachine.clusters.Beats.bringsNews(
                                    beat, cluster.get(), state.config());
            // Who does not lead says so as for any command.
            if (news || !standing.leaderReady()) {
                commands.submit(new News(beat, standing.term(), caller.deadlineNanos(), reply));
            } else {
                reply.send(answer(beat.cluster(), view));
            }
        } catch (MalformedException e) {
            reply.malformed(e);
        }
    }

    private static Beat decode(BeatRequest request, long nowMillis) {
        return new Beat(
                new ClusterId(request.getCluster()),
                request.getIncarnation(),
                new Fence(request.getAckedFence()),
                request.hasLagMillis()
                        ? OptionalLong.of(request.getLagMillis())
                        : OptionalLong.empty(),
                nowMillis);
    }

    private static BeatAnswer answer(ClusterId id, View view) {
        Queries state = new Queries(view);
        Optional<ClusterRecord> cluster = state.cluster(id);
        if (cluster.isEmpty()) {
            return BeatAnswer.newBuilder()
                    .setRefusal(RefusalCodec.encode(new Refusal.NotFound("cluster", id.value())))
                    .build();
        }
        Config config = state.config();
        return BeatAnswer.newBuilder()
                .setCluster(ClusterCodec.encode(cluster.get()))
                .setFenced(cluster.get().isFenced())
                .setPrimacy(HealthCodec.encode(state.primacy()))
                .setBeatIntervalMillis(config.get(Setting.BEAT_INTERVAL_MILLIS))
                .setSuspectAfterMillis(config.get(Setting.SUSPECT_AFTER_MILLIS))
                .setGraceMillis(config.get(Setting.GRACE_MILLIS))
                .build();
    }

    /// A beat that is on its way into the log, and answered when it is there.
    private final class News implements CommandCall {
        private final ClusterId cluster;
        private final List<PreparedCommand> prepared;
        private final long deadlineNanos;
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
            reply.sendLater(() -> {
                try (View view = quorum.view()) {
                    return Beats.answer(cluster, view);
                }
            });
        }

        @Override
        public void fail(UnansweredException why) {
            reply.fail(why);
        }
    }
}
