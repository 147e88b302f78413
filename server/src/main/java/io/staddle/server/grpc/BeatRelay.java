package io.staddle.server.grpc;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Setting;
import io.staddle.api.peer.v1.PassBeatsAnswer;
import io.staddle.api.peer.v1.PassBeatsRequest;
import io.staddle.api.peer.v1.RelayGrpc;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.front.Failures;
import io.staddle.server.peer.PeerChannel;
import io.staddle.server.peer.PeerChannels;
import io.staddle.server.peer.PeerMethod;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Passes beats on to the leader: those that come within a moment go together, so that ten thousand
/// clusters cost the leader a few requests a second. An agent that does not reach the leader
/// itself is heard, too.
///
/// What is passed on is answered by the leader alone, and means what it would have meant there.
final class BeatRelay implements AutoCloseable {
    /// How long the leader may take.
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long GATHERED_MILLIS_MAX = 100;
    private static final long INTERVAL_PARTS = 20;
    private static final int TOGETHER_MAX = 1_000;
    private static final PeerMethod<PassBeatsRequest, PassBeatsAnswer> PASS =
            PeerMethod.of(RelayGrpc.getPassBeatsMethod());

    private final Quorum quorum;
    private final String deployment;
    private final PeerChannels connections;
    private final Map<ServerId, PeerChannel> others = new ConcurrentHashMap<>();
    private final LongAdder passed;

    // Guarded by this.
    private List<Passed> waiting = new ArrayList<>();
    private int unanswered;

    private record Passed(BeatRequest beat, Answerable<BeatAnswer> asked) {}

    /// @param passed counts what was passed on
    BeatRelay(ServerConfig config, Quorum quorum, LongAdder passed) {
        this.quorum = quorum;
        this.passed = passed;
        deployment = config.deployment();
        connections = new PeerChannels(config.tls(), PATIENCE);
        config.others().forEach(each -> others.put(each.id(), connections.to(each)));
    }

    /// Passes a beat on, if it is known who leads.
    ///
    /// @return whether `asked` will be answered
    boolean pass(BeatRequest beat, Answerable<BeatAnswer> asked) {
        if (leader().isEmpty()) {
            return false;
        }
        try {
            BeatRequests.check(beat);
            if (!waits(new Passed(beat, asked))) {
                asked.fail(Beats.full());
            }
        } catch (MalformedException e) {
            asked.malformed(e);
        }
        return true;
    }

    @Override
    public void close() {
        connections.close();
    }

    private Optional<PeerChannel> leader() {
        return quorum.leader().flatMap(this::other);
    }

    /// Finds also one that was added later than this server's configuration was written.
    private Optional<PeerChannel> other(ServerId id) {
        PeerChannel configured = others.get(id);
        return configured != null
                ? Optional.of(configured)
                : quorum.roster()
                        .find(id)
                        .map(member ->
                                others.computeIfAbsent(id, _ -> connections.to(member.address())));
    }

    private synchronized boolean waits(Passed beat) {
        if (unanswered >= Beats.WAITING_MAX) {
            return false;
        }
        unanswered++;
        waiting.add(beat);
        if (waiting.size() == 1) {
            CompletableFuture.delayedExecutor(gatheredMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::send);
        }
        return true;
    }

    /// A small part of the time between two beats of one cluster.
    private long gatheredMillis() {
        try (View view = quorum.view()) {
            long interval = new Queries(view).config().get(Setting.BEAT_INTERVAL_MILLIS);
            return Math.min(GATHERED_MILLIS_MAX, interval / INTERVAL_PARTS);
        }
    }

    private synchronized List<Passed> gathered() {
        List<Passed> all = waiting;
        waiting = new ArrayList<>();
        return all;
    }

    private synchronized void settled(int beats) {
        unanswered -= beats;
    }

    private void send() {
        List<Passed> all = gathered();
        for (int from = 0; from < all.size(); from += TOGETHER_MAX) {
            send(all.subList(from, Math.min(all.size(), from + TOGETHER_MAX)));
        }
    }

    private void send(List<Passed> beats) {
        PassBeatsRequest.Builder request = PassBeatsRequest.newBuilder().setDeployment(deployment);
        beats.forEach(each -> request.addBeats(each.beat()));
        CompletableFuture<List<BeatAnswer>> answers =
                leader().map(each ->
                                each.call(PASS, request.build(), PassBeatsAnswer::getAnswersList))
                        .orElseGet(() ->
                                CompletableFuture.failedFuture(
                                        Failures.noWayToLeader("nobody leads")));
        var _ = answers.whenComplete((found, failure) -> settle(beats, found, failure));
    }

    private void settle(
            List<Passed> beats, @Nullable List<BeatAnswer> answers, @Nullable Throwable failure) {
        settled(beats.size());
        if (answers == null || answers.size() != beats.size()) {
            fail(beats, failure == null ? "it answered others" : failure.toString());
            return;
        }
        passed.add(beats.size());
        answer(beats, answers);
    }

    private static void answer(List<Passed> beats, List<BeatAnswer> answers) {
        for (int i = 0; i < beats.size(); i++) {
            BeatAnswer answer = answers.get(i);
            if (answer.hasCluster() || answer.hasRefusal()) {
                beats.get(i).asked().sendLater(() -> answer);
            } else {
                fail(beats.subList(i, i + 1), "it could not answer");
            }
        }
    }

    private static void fail(List<Passed> beats, String why) {
        var failure = Failures.noWayToLeader("the leader did not take the beat: " + why);
        beats.forEach(each -> each.asked().fail(failure));
    }
}
