package io.staddle.server.watch;

import io.staddle.api.id.ServerId;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Standing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Logs a line when this server's place in the quorum changes.
public final class StateLog {
    private static final Logger LOG = LoggerFactory.getLogger(StateLog.class);

    private final Quorum quorum;
    private final LongAdder leaderChanges = new LongAdder();
    private String last = "";
    private Optional<ServerId> lastLeader = Optional.empty();

    /// Watches `quorum`.
    public StateLog(Quorum quorum) {
        this.quorum = quorum;
    }

    /// Looks once. To be called several times a second, by one thread.
    public void tick() {
        Standing standing = quorum.standing();
        if (standing.leader().isPresent() && !standing.leader().equals(lastLeader)) {
            lastLeader = standing.leader();
            leaderChanges.increment();
        }
        String line = line(standing);
        if (!line.equals(last)) {
            last = line;
            LOG.info("{}, applied {}", line, standing.appliedIndex());
        }
    }

    /// Returns how often another server was seen to lead than before.
    public LongAdder leaderChanges() {
        return leaderChanges;
    }

    private static String line(Standing standing) {
        return switch (standing.role()) {
            case LEADER ->
                    (standing.leaderReady() ? "leads" : "is elected")
                            + " in term "
                            + standing.term();
            case FOLLOWER, LISTENER ->
                    standing.leader()
                            .map(leader -> "follows " + leader + " in term " + standing.term())
                            .orElse("knows no leader");
            case CANDIDATE -> "stands for election";
            case STOPPED -> "takes no part in the quorum";
        };
    }
}
