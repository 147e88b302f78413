package io.staddle.server.agreement;

import io.staddle.api.id.ServerId;
import io.staddle.server.exit.ExitCode;
import io.staddle.server.exit.Halt;
import io.staddle.server.raft.DigestExchange;
import io.staddle.server.raft.DigestMark;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Role;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Compares this server's state with the others', once a second, by the digests that each keeps
/// with its entries; less often while all are equal and no entry comes. Equal index means equal
/// digest; who differs from most takes itself out.
///
/// If no digest is that of most, because too few servers answer or all differ, nobody knows who is
/// right. All say so; and if that lasts, those that do not lead take themselves out: the leader
/// alone cannot acknowledge anything. Applying does nothing for it but to note a digest an entry.
public final class DigestWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DigestWatch.class);
    private static final String NEXT =
            " Keep its data directory for a report, and replace the server: docs/operations.md,"
                    + " Replacing a server";

    /// How often in a row it may be undecided who is right: another server may be restarting.
    static final int UNDECIDED_MAX = 30;

    /// How many looks what is settled is believed.
    static final int SETTLED_MAX = 10;

    private final ServerId me;
    private final Quorum quorum;
    private final DigestExchange digests;
    private final Agreement agreement;
    private final Halt halt;
    private int undecided;
    private Optional<DigestMark> settled = Optional.empty();
    private int settledLooks;
    private List<ServerId> named = List.of();

    /// Compares for server `me`, and tells `agreement`.
    public DigestWatch(ServerId me, Quorum quorum, Agreement agreement, Halt halt) {
        this.me = me;
        this.quorum = quorum;
        this.digests = quorum.digests();
        this.agreement = agreement;
        this.halt = halt;
    }

    /// Compares once. To be called every second, by one thread, which waits for the others.
    public void look() {
        Optional<DigestMark> newest = digests.newest();
        if (settled.isPresent() && settled.equals(newest) && ++settledLooks < SETTLED_MAX) {
            return;
        }
        Map<ServerId, DigestMark> answers =
                newest.map(mark -> ask(mark.index())).orElseGet(Map::of);
        Optional<Long> different = firstDifference(answers);
        settled = newest.filter(mark -> isSaidByAll(mark, answers));
        settledLooks = 0;
        if (different.isEmpty()) {
            undecided = 0;
            named = List.of();
            return;
        }
        digests.at(different.get()).ifPresent(mine -> judge(votes(mine)));
    }

    private Optional<Long> firstDifference(Map<ServerId, DigestMark> answers) {
        Optional<Long> first = Optional.empty();
        for (var answer : answers.entrySet()) {
            DigestMark theirs = answer.getValue();
            Optional<DigestMark> mine = digests.at(theirs.index());
            if (mine.isPresent() && mine.get().equals(theirs)) {
                agreement.equal(answer.getKey(), theirs.index());
            } else if (mine.isPresent()) {
                agreement.differs(answer.getKey(), theirs.index());
                first = first.or(() -> Optional.of(theirs.index()));
            }
        }
        return first;
    }

    private boolean isSaidByAll(DigestMark mark, Map<ServerId, DigestMark> answers) {
        return answers.keySet().containsAll(digests.others())
                && answers.values().stream().allMatch(mark::equals);
    }

    private Votes votes(DigestMark mine) {
        Map<ServerId, String> theirs = new LinkedHashMap<>();
        ask(mine.index())
                .forEach((other, mark) -> {
                    if (mark.index() == mine.index()) {
                        theirs.put(other, mark.digest());
                    }
                });
        return new Votes(mine.index(), mine.digest(), theirs, digests.others().size() + 1);
    }

    /// Asks all others, and returns the answers of those that have one.
    private Map<ServerId, DigestMark> ask(long index) {
        Map<ServerId, CompletableFuture<Optional<DigestMark>>> asked = new LinkedHashMap<>();
        for (ServerId other : digests.others()) {
            asked.put(other, digests.ask(other, index).exceptionally(_ -> Optional.empty()));
        }
        Map<ServerId, DigestMark> answers = new LinkedHashMap<>();
        asked.forEach((other, answer) -> answer.join().ifPresent(mark -> answers.put(other, mark)));
        return answers;
    }

    private void judge(Votes votes) {
        switch (votes.verdict()) {
            case THIS_IS_WRONG ->
                    halt.halt(
                            ExitCode.DATA_REFUSED,
                            "the state of this server, %s, differs from that of most: %s.%s"
                                    .formatted(me, votes.describe(me), NEXT));
            case OTHERS_ARE_WRONG -> {
                undecided = 0;
                name(votes);
            }
            case UNDECIDED -> undecided(votes);
        }
    }

    /// Says who differs, once.
    private void name(Votes votes) {
        List<ServerId> differing = votes.differing();
        if (!differing.equals(named)) {
            named = differing;
            LOG.error(
                    "the state of {} differs from that of most servers: {}. It takes itself out.{}",
                    differing,
                    votes.describe(me),
                    NEXT);
        }
    }

    private void undecided(Votes votes) {
        if (votes.differing().isEmpty()) {
            return; // whoever differed has gone meanwhile
        }
        undecided++;
        String what =
                "the servers' states differ, and it is not known whose is right: "
                        + votes.describe(me);
        if (undecided >= UNDECIDED_MAX && quorum.standing().role() != Role.LEADER) {
            halt.halt(
                    ExitCode.DATA_REFUSED,
                    what
                            + ". This server does not lead and takes itself out. Start the server"
                            + " that is missing: most decide. If there is none, keep all data"
                            + " directories for a report.");
        } else if (undecided % 10 == 1) {
            LOG.error("{}. Start the server that is missing: most decide", what);
        }
    }
}
