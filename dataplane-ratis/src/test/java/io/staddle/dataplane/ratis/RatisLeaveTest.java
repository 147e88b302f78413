package io.staddle.dataplane.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.api.model.Removal;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.Move;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Nodes that leave a group on Ratis.
final class RatisLeaveTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whoWasDeadWhenItWasTakenOutVotesNoMoreAndMayComeBack(@TempDir Path directory)
            throws IOException {
        try (RatisNodes nodes = new RatisNodes(directory)) {
            RatisGroup group = new RatisGroup(nodes);
            NodeId gone = group.voter();
            nodes.stop(gone);
            done(() -> nodes.at(group.source()).leave(group.group(), new Removal(gone, 4)));
            assertThat(group.members().voters()).isEqualTo(Set.of(RatisNodes.A, RatisNodes.C));
            Move back = back(group);
            assertThat(group.write(group.vShard(), back.undone(), "one")).isTrue();
            nodes.start(gone);
            await("it lets go of its replica though nobody tells it")
                    .atMost(PATIENCE)
                    .until(() -> nodes.at(gone).members(group.group()).isEmpty());
            done(() -> nodes.at(gone).addLearner(back));
            done(() -> nodes.at(gone).promote(back));

            assertThat(group.members().voters()).contains(gone);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(group.written(group.vShard(), gone)).containsExactly("one"));
        }
    }

    @Test
    void aFenceBringsNobodyBackWhoIsAboutToLeave() {
        Attempt first = new Attempt(new VShardId(1), 1, RatisNodes.D, Membership.NONE);
        Attempt second = new Attempt(new VShardId(1), 2, RatisNodes.A, Membership.VOTER);
        GroupState state = state();
        apply(state, new GroupCommand.Step(GroupCommand.Kind.PROMOTE, first));
        apply(state, new GroupCommand.Observe(1, state.version(), state.wanted()));
        apply(state, new GroupCommand.Leave(RatisNodes.D, 9));
        apply(state, new GroupCommand.Step(GroupCommand.Kind.FENCE, second));

        assertThat(state.wanted().of(RatisNodes.D)).isEqualTo(Membership.NONE);
    }

    @Test
    void whatARemovalIsFencedByIsInSnapshots() throws IOException {
        GroupState state = state();
        apply(state, new GroupCommand.Leave(RatisNodes.C, 9));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StateCodec.write(new DataOutputStream(bytes), state);
        GroupState loaded =
                StateCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(apply(loaded, new GroupCommand.Leave(RatisNodes.C, 8)))
                .isEqualTo(new GroupAnswer.Fenced(9));
        assertThat(loaded.wanted()).isEqualTo(state.wanted());
    }

    private static GroupState state() {
        GroupState state = new GroupState();
        apply(
                state,
                new GroupCommand.Adopt(
                        new Configuration(
                                new TreeSet<>(Set.of(RatisNodes.A, RatisNodes.B, RatisNodes.C)),
                                new TreeSet<>())));
        apply(state, new GroupCommand.Observe(1, state.version(), state.wanted()));
        return state;
    }

    private static GroupAnswer apply(GroupState state, GroupCommand command) {
        return state.apply(command, 1, 1, (vShard, payload) -> ByteString.EMPTY);
    }

    private static Move back(RatisGroup group) {
        return new Move(
                new MigrationId("back"),
                1,
                group.vShard(),
                group.group(),
                group.source(),
                group.voter(),
                Membership.NONE,
                Epoch.NONE.next());
    }

    private static void done(Supplier<Effect> call) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> call.get() instanceof Effect.Done);
    }
}
