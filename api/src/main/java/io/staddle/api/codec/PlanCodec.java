package io.staddle.api.codec;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.PlanId;
import io.staddle.api.query.Backlog;
import io.staddle.api.query.MovePlan;
import io.staddle.api.v1.ReplayBacklog;

/// Codec of plans of moves.
public final class PlanCodec {
    private PlanCodec() {}

    /// Encodes a plan.
    public static io.staddle.api.v1.MovePlan encode(MovePlan plan) {
        return io.staddle.api.v1.MovePlan.newBuilder()
                .setId(plan.id().value())
                .setMove(MoveCodec.encode(plan.move()))
                .addAllHeldBy(plan.heldBy().stream().map(RefusalCodec::encode).toList())
                .addAllBacklogs(plan.backlogs().stream().map(PlanCodec::encode).toList())
                .build();
    }

    /// Decodes a plan.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static MovePlan decode(io.staddle.api.v1.MovePlan plan) {
        return new MovePlan(
                new PlanId(plan.getId()),
                MoveCodec.decode(plan.getMove()),
                plan.getHeldByList().stream().map(RefusalCodec::decode).toList(),
                plan.getBacklogsList().stream()
                        .map(each ->
                                new Backlog(new ClusterId(each.getCluster()), each.getEntries()))
                        .toList());
    }

    private static ReplayBacklog encode(Backlog backlog) {
        return ReplayBacklog.newBuilder()
                .setCluster(backlog.cluster().value())
                .setEntries(backlog.entries())
                .build();
    }
}
