package io.staddle.server.admission;

import io.staddle.api.id.ServerId;
import io.staddle.api.peer.v1.GreetAnswer;
import io.staddle.api.peer.v1.GreetRequest;
import io.staddle.api.peer.v1.PeersGrpc;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;
import io.staddle.server.peer.PeerChannel;
import io.staddle.server.peer.PeerChannels;
import io.staddle.server.peer.PeerException;
import io.staddle.server.peer.PeerMethod;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Asks the other servers, before this one takes its seat with an empty log, whether they know it.
///
/// An empty log is that of a server that never ran, or of one that lost its disk and was formatted
/// anew: that one may have voted, and acknowledged entries, that it knows nothing of now, and must
/// neither vote nor count again. It cannot tell which it is, but the others can. So it takes its
/// seat only when *every* other server has said, since it asks, that it has no log either, or that
/// a state which a majority just confirmed does not know it with another data directory. Who of a
/// quorum that knew it had a part in that is among the others, and has a log.
///
/// So a deployment forms once all its servers are up; from then on a majority is enough. While it
/// waits it answers the others from its [WaitingRoom], and it does not leave before those that have
/// no log either were answered.
///
/// A server that is not in a quorum that runs need not wait for all: it gets no vote until it has
/// the log, which says who is in the quorum (`server add`). That holds also for one that was in it
/// once, with another data directory.
public final class PeerInquiry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerInquiry.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final PeerMethod<GreetRequest, GreetAnswer> GREET =
            PeerMethod.of(PeersGrpc.getGreetMethod());
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ROUNDS_BETWEEN_LINES = 100;

    /// They ask again after a pause. If this one left before, they would wait until it is back.
    private static final Duration LINGER = PAUSE.multipliedBy(5);

    private final ServerConfig config;
    private final Identity mine;
    private final String restored;
    private final PeerChannels channels;
    private final Map<ServerAddress, PeerChannel> missing = new LinkedHashMap<>();
    private final Map<ServerAddress, String> failures = new LinkedHashMap<>();
    private final Set<ServerId> blank = new HashSet<>();
    private boolean stranger;

    /// @param restored which state the data begin with; empty if they come from no backup
    PeerInquiry(ServerConfig config, Identity mine, String restored) {
        this.config = config;
        this.mine = mine;
        this.restored = restored;
        channels = new PeerChannels(config.tls(), PATIENCE);
        config.others().forEach(other -> missing.put(other, channels.to(other)));
    }

    /// Waits until this server may take its seat, and returns whether the quorum runs without it.
    ///
    /// @param restored which state its data begin with; empty if they come from no backup
    /// @throws DataRefusedException if another server knows it with another data directory, or is
    ///     of another deployment, or they do not begin with the same state
    public static boolean await(ServerConfig config, Identity mine, String restored)
            throws InterruptedException {
        if (config.others().isEmpty()) {
            return false;
        }
        try (PeerInquiry inquiry = new PeerInquiry(config, mine, restored);
                WaitingRoom room = WaitingRoom.open(config, restored)) {
            for (int round = 0; !inquiry.isOver(); round++) {
                inquiry.ask();
                inquiry.pause(round, room);
            }
            room.awaitTold(inquiry.blank, LINGER);
            if (inquiry.stranger) {
                LOG.info(
                        "server {} is not in the quorum, and waits until it is let in: {}",
                        mine.server(),
                        config.self().toAdd());
                return true;
            }
        }
        LOG.info("server {} may take its seat: nobody knows it with another disk", mine.server());
        return false;
    }

    /// Whether every other server has said what is needed.
    boolean isOver() {
        return stranger || missing.isEmpty();
    }

    /// Asks those that have not said yet what is needed.
    void ask() {
        Map<ServerAddress, CompletableFuture<GreetAnswer>> asked = new LinkedHashMap<>();
        GreetRequest request =
                GreetRequest.newBuilder()
                        .setDeployment(mine.deployment())
                        .setServer(mine.server().value())
                        .setRestored(restored)
                        .build();
        missing.forEach((other, channel) ->
                asked.put(other, channel.call(GREET, request, Function.identity())));
        asked.forEach(this::hear);
    }

    @Override
    public void close() {
        channels.close();
    }

    private void hear(ServerAddress other, CompletableFuture<GreetAnswer> answering) {
        try {
            GreetAnswer answer = answering.join();
            boolean isStranger = answer.getCurrent() && answer.getStranger();
            boolean isKnown = !answer.getKnown().isEmpty() && !isStranger;
            if (isKnown && !answer.getKnown().equals(mine.incarnation())) {
                throw Replaced.of(mine, answer.getKnown(), "server " + other.id());
            }
            requireSameBeginning(other, answer);
            stranger |= isStranger;
            failures.put(other, "answers, but not yet for a majority");
            if (answer.getBlank()) {
                blank.add(other.id());
            }
            if (answer.getBlank() || answer.getCurrent()) {
                missing.remove(other);
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof PeerException no) {
                if (no.isForeign()) {
                    throw foreign(other, no);
                }
                failures.put(other, String.valueOf(no.getMessage()));
            }
        }
    }

    /// An empty server, or one with another state, must not take part in the beginning of a
    /// deployment that is restored; one that comes later gets the state from the others.
    private void requireSameBeginning(ServerAddress other, GreetAnswer answer) {
        String theirs = answer.getRestored();
        boolean both = answer.getBlank() || !restored.isEmpty();
        if (both && !theirs.equals(restored)) {
            throw new DataRefusedException(
                    "Server %s begins with %s, this one with %s"
                            .formatted(other.id(), beginning(theirs), beginning(restored)),
                    "Restore all servers from the same file, with the --at that the first restore"
                            + " printed; to add one to a deployment that runs, format it");
        }
    }

    private static String beginning(String restored) {
        return restored.isEmpty() ? "no data" : "the restored state " + restored;
    }

    private DataRefusedException foreign(ServerAddress other, PeerException why) {
        return new DataRefusedException(
                "Server %s does not belong to deployment %s: %s"
                        .formatted(other.id(), mine.deployment(), why.getMessage()),
                "Check the keys deployment and servers in the configuration");
    }

    /// Returns the servers that have not said yet what is needed, each with what came of the last
    /// time it was asked.
    String waitsFor() {
        return missing.keySet().stream()
                .map(each -> each.id() + " (" + failures.getOrDefault(each, "not asked yet") + ")")
                .collect(Collectors.joining(", "));
    }

    private void pause(int round, WaitingRoom room) throws InterruptedException {
        if (isOver()) {
            return;
        }
        if (round % ROUNDS_BETWEEN_LINES == 0) {
            LOG.info(
                    "server {} has an empty log and waits in front of the quorum, at {}, until"
                            + " these have said whether they know it: {}",
                    config.server(),
                    room.address(),
                    waitsFor());
        }
        Thread.sleep(PAUSE);
    }
}
