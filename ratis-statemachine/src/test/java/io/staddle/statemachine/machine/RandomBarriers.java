package io.staddle.statemachine.machine;

import io.staddle.api.command.BarrierCommand;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;
import io.staddle.statemachine.state.Barriers;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// Random commands about the barriers of few scopes: mostly the next right one, and often a late, a
/// repeated or a wrong one, by whoever has a token or had one.
final class RandomBarriers {
    static final List<ScopeId> SCOPES = List.of(new ScopeId("s"), new ScopeId("r"));
    private static final List<NodeId> NODES =
            List.of(new NodeId("a"), new NodeId("b"), new NodeId("c"));

    private final SplittableRandom random;
    private final ScopeId id;
    private final BarrierScope scope;
    private final Optional<BarrierRecord> newest;

    RandomBarriers(SplittableRandom random, Reads view) {
        this.random = random;
        id = SCOPES.get(random.nextInt(SCOPES.size()));
        scope = Barriers.scope(id, view).orElseGet(() -> BarrierScope.of(id));
        newest = Barriers.newest(scope, view);
    }

    BarrierCommand next() {
        return switch (random.nextInt(20)) {
            case 0 ->
                    new BarrierCommand.ConfigureScope(
                            id,
                            random.nextBoolean() ? WatermarkPolicy.HOLD : WatermarkPolicy.IGNORE,
                            random.nextInt(4) == 0,
                            mostly() ? scope.version() : random.nextInt(3));
            case 1, 2 ->
                    new BarrierCommand.AcquireCoordinator(
                            id, node(), 1 + random.nextInt(3), random.nextInt(3) * 400L);
            case 3 -> new BarrierCommand.ReleaseCoordinator(id, token());
            case 4, 5, 6, 7 -> begin();
            case 8, 9 -> new BarrierCommand.CommitBarrier(barrier(), token());
            case 10 ->
                    new BarrierCommand.AbortBarrier(
                            barrier(), random.nextInt(4) == 0 ? Token.NONE : token(), "drill");
            case 11 -> new BarrierCommand.ExpireBarriers(100);
            default -> vote();
        };
    }

    private BarrierCommand begin() {
        List<Participation> participants =
                NODES.stream()
                        .filter(node -> random.nextInt(4) > 0)
                        .map(node -> Participation.of(node, 1 + random.nextInt(2)))
                        .toList();
        long last = scope.lastEpoch();
        String checkpoint = "c" + (mostly() ? last + 1 : last);
        return new BarrierCommand.BeginBarrier(
                id,
                token(),
                new CheckpointId(checkpoint),
                participants,
                random.nextInt(3) * 700L,
                mostly() ? 0 : random.nextLong(last + 4));
    }

    private BarrierCommand vote() {
        Vote vote =
                random.nextInt(12) == 0
                        ? new Vote.Failed("X", "drill")
                        : new Vote.Prepared(
                                random.nextInt(3) == 0
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(random.nextInt(4)));
        long incarnation = mostly() ? 2 - random.nextInt(2) : 1 + random.nextInt(3);
        return new BarrierCommand.AckBarrier(barrier(), node(), incarnation, vote);
    }

    private BarrierId barrier() {
        long last = newest.map(barrier -> barrier.id().epoch()).orElse(1L);
        return new BarrierId(id, mostly() ? last : 1 + random.nextLong(last + 1));
    }

    private Token token() {
        Token current = scope.coordinator().token();
        return mostly() ? current : new Token(random.nextLong(current.value() + 2));
    }

    private NodeId node() {
        return NODES.get(random.nextInt(NODES.size()));
    }

    private boolean mostly() {
        return random.nextInt(8) > 0;
    }
}
