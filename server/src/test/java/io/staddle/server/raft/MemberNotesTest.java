package io.staddle.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.AdminEvent.MembersChanged;
import io.staddle.api.event.Event;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Origin;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Levels;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The quorum changes under a leader, which has that noted.
final class MemberNotesTest {
    private static final Origin ANN = new Origin("ann", "more room", "");
    private static final Origin BOB = new Origin("bob", "", "r-1");

    private final FakeQuorum quorum = new FakeQuorum().applying();
    private final MemberNotes notes = new MemberNotes(quorum);

    @BeforeEach
    void threeServersAreNoted() {
        raise(Levels.MEMBERS);
        now("s1", "s2", "s3");
        notes.note().join();
    }

    @Test
    void aServerThatJoinsIsToldOnceItCountsWithWhoAskedForIt() {
        notes.asked(new ServerId("s4"), ANN);
        now("s1", "s2", "s3", "?s4");
        notes.note().join();
        assertThat(told()).as("that is told by its admission").isEmpty();

        now("s1", "s2", "s3", "s4");
        notes.note().join();
        notes.note().join();
        assertThat(told()).containsExactly("s4 PROMOTED of 4 by ann: more room");
    }

    @Test
    void eachChangeStandsThereWithWhoAskedForIt() {
        notes.asked(new ServerId("s1"), ANN);
        notes.asked(new ServerId("s3"), BOB);
        now("s1:7", "s2");
        notes.note().join();
        assertThat(told())
                .containsExactly(
                        "s1 PRIORITY_CHANGED of 3 by ann: more room", "s3 REMOVED of 2 by bob: ");
    }

    @Test
    void whatALeaderThatWasLostDidNotNoteIsNotedByTheNext() {
        quorum.stands(leaderOf(2));
        notes.asked(new ServerId("s3"), ANN);
        quorum.stands(leaderOf(1));
        now("s1", "s2");
        notes.note().join();
        assertThat(told())
                .as("who asked in another term may not have asked for this")
                .containsExactly("s3 REMOVED of 2 by staddle/members: ");
    }

    @Test
    void whoFollowsNotesNothingNorDoesALeaderWhileAChangeGoesOn() {
        quorum.stands(FakeQuorum.follower(0, 0, 0));
        now("s1", "s2");
        notes.note().join();
        quorum.stands(FakeQuorum.leader(0, 0));
        quorum.consistsOf(
                new Roster(
                        members("s1", "s2", "s3", "s4"),
                        List.of(ids("s1", "s2", "s3"), ids("s1", "s2", "s3", "s4"))));
        notes.note().join();
        assertThat(told()).isEmpty();
    }

    @Test
    void allServersGoForOthers() {
        now("s4", "s5");
        notes.note().join();
        assertThat(told())
                .containsExactly(
                        "s4 ADDED of 4 by staddle/members: ",
                        "s5 ADDED of 5 by staddle/members: ",
                        "s1 REMOVED of 4 by staddle/members: ",
                        "s2 REMOVED of 3 by staddle/members: ",
                        "s3 REMOVED of 2 by staddle/members: ");
    }

    @Test
    void nothingIsProposedBeforeTheLevel() {
        FakeQuorum older = new FakeQuorum().waiting();
        older.consistsOf(new Roster(members("s1"), List.of(ids("s1"))));
        new MemberNotes(older).note().join();
        assertThat(older.entries).isEmpty();
    }

    @Test
    void whatCouldNotBeNotedIsNotedLater() {
        quorum.waiting();
        now("s1", "s2");
        var first = notes.note();
        await().until(() -> !quorum.entries.isEmpty());
        quorum.entries.getFirst().outcome().completeExceptionally(new IllegalStateException("no"));
        first.join();
        quorum.applying();
        notes.note().join();
        assertThat(told()).containsExactly("s3 REMOVED of 2 by staddle/members: ");
    }

    private void raise(int level) {
        Proposal raise = Proposal.of(new RaiseFeatureLevel(level));
        quorum.propose(List.of(new PreparedCommand(CommandCodec.encode(raise), raise))).join();
    }

    private void now(String... members) {
        quorum.consistsOf(new Roster(members(members), List.of(ids(members))));
    }

    private List<String> told() {
        try (View view = quorum.view()) {
            return new Queries(view)
                    .events(0, 100).events().stream()
                            .filter(each -> each.event() instanceof MembersChanged)
                            .map(each -> told(each.event()) + " by " + words(each.origin()))
                            .toList();
        }
    }

    private static String told(Event event) {
        MembersChanged changed = (MembersChanged) event;
        String changes =
                String.join(
                        " ",
                        changed.changes().stream()
                                .map(each -> each.server() + " " + each.kind())
                                .toList());
        return changes + " of " + changed.members().size();
    }

    private static String words(Origin origin) {
        return origin.actor() + ": " + origin.reason();
    }

    private static Standing leaderOf(long term) {
        return new Standing(
                Role.LEADER,
                term,
                Optional.of(new ServerId("s1")),
                true,
                new Progress(0, 0, 0, 0),
                0,
                -1);
    }

    /// Each as `NAME[:PRIORITY]`, with a `?` before if it listens.
    private static List<Member> members(String... words) {
        return Stream.of(words).map(MemberNotesTest::member).toList();
    }

    private static Member member(String word) {
        String[] parts = word.replace("?", "").split(":", -1);
        HostPort address = HostPort.parse("127.0.0.1:7400");
        int priority = parts.length == 1 ? 0 : Integer.parseInt(parts[1]);
        return new Member(
                new ServerAddress(new ServerId(parts[0]), address, address),
                !word.startsWith("?"),
                priority);
    }

    private static Set<ServerId> ids(String... words) {
        return Set.copyOf(members(words).stream().map(Member::id).toList());
    }
}
