package io.staddle.server.raft;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand.NoteMembers;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.Origin;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Has history tell how the quorum has changed, by the leader's command and one server at a time,
/// so that each change stands there with who asked for it.
///
/// A leader can be lost between a change and its note. The next one then notes what it finds, and
/// does not know who asked.
final class MemberNotes {
    private static final Logger LOG = LoggerFactory.getLogger(MemberNotes.class);
    private static final Origin NOT_KNOWN = new Origin("staddle/members", "", "");
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Quorum quorum;
    private final Map<ServerId, Asked> asked = new ConcurrentHashMap<>();

    /// The last of them: one after the other, so that none notes what was before another.
    /// Guarded by this.
    private CompletableFuture<Void> last = DONE;

    /// Who asked last for a change of a server, in a term of this server's: in any other, another
    /// leader may have changed it since.
    private record Asked(long term, Origin by) {}

    MemberNotes(Quorum quorum) {
        this.quorum = quorum;
    }

    /// Remembers who asks for a change, before it can come into effect.
    void asked(ServerId server, Origin by) {
        quorum.leadingTerm().ifPresent(term -> asked.put(server, new Asked(term, by)));
    }

    /// Notes what has changed, if this server leads. Completes when that is done, or cannot be done
    /// now; it never fails.
    synchronized CompletableFuture<Void> note() {
        last =
                last.thenComposeAsync(_ -> noteNow(), MemberNotes::start)
                        .exceptionallyCompose(MemberNotes::notNow);
        return last;
    }

    private CompletableFuture<Void> noteNow() {
        OptionalLong term = quorum.leadingTerm();
        Roster roster = quorum.roster();
        if (term.isEmpty() || roster.isChanging() || roster.members().isEmpty()) {
            return DONE;
        }
        List<PreparedCommand> steps;
        try (View view = quorum.view()) {
            if (Configs.of(view).featureLevel() < Levels.MEMBERS) {
                return DONE;
            }
            steps = steps(view.values(Schema.MEMBERS), records(roster), term.getAsLong());
        }
        return steps.isEmpty() ? DONE : quorum.propose(steps).thenAccept(_ -> {});
    }

    /// Returns what leads from what was noted to what is; whoever comes before whoever goes.
    private List<PreparedCommand> steps(
            List<MemberRecord> noted, List<MemberRecord> now, long term) {
        if (noted.isEmpty()) {
            return List.of(prepared(now, NOT_KNOWN, term));
        }
        Map<ServerId, MemberRecord> members = new TreeMap<>();
        noted.forEach(each -> members.put(each.server(), each));
        List<PreparedCommand> steps = new ArrayList<>();
        for (MemberRecord each : now) {
            if (!each.equals(members.put(each.server(), each))) {
                steps.add(prepared(members.values(), by(each.server(), term), term));
            }
        }
        List<ServerId> left = now.stream().map(MemberRecord::server).toList();
        for (MemberRecord each : noted) {
            if (!left.contains(each.server())) {
                members.remove(each.server());
                steps.add(prepared(members.values(), by(each.server(), term), term));
            }
        }
        return steps;
    }

    private Origin by(ServerId server, long term) {
        return Optional.ofNullable(asked.get(server))
                .filter(each -> each.term() == term)
                .map(Asked::by)
                .orElse(NOT_KNOWN);
    }

    private static PreparedCommand prepared(Iterable<MemberRecord> members, Origin by, long term) {
        List<MemberRecord> all = new ArrayList<>();
        members.forEach(all::add);
        Proposal proposal = new Proposal(new NoteMembers(all), by, term);
        return new PreparedCommand(CommandCodec.encode(proposal), proposal);
    }

    private static List<MemberRecord> records(Roster roster) {
        return roster.members().stream()
                .map(each -> new MemberRecord(each.id(), each.votes(), each.priority()))
                .toList();
    }

    /// Ratis says on threads of its own, with locks held, that a change is in effect: proposing
    /// from there would wait for that thread.
    private static void start(Runnable note) {
        Thread.ofVirtual().name("member-notes").start(note);
    }

    private static CompletableFuture<Void> notNow(Throwable failure) {
        LOG.debug("who is in the quorum is noted later", failure);
        return DONE;
    }
}
