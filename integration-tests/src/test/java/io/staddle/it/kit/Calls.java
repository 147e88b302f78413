package io.staddle.it.kit;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.codec.MomentCodec;
import io.staddle.api.codec.OwnershipCodec;
import io.staddle.api.command.Command;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Moment;
import io.staddle.api.v1.CheckFenceAnswer;
import io.staddle.api.v1.CheckFenceRequest;
import io.staddle.api.v1.Consistency;
import io.staddle.api.v1.LookupAnswer;
import io.staddle.api.v1.LookupRequest;
import io.staddle.api.v1.WriteBatch;
import io.staddle.client.Held;

import java.util.List;

/// Requests as they travel.
public final class Calls {
    /// Shows everything answered before.
    public static final Consistency LINEARIZABLE =
            Consistency.newBuilder()
                    .setLinearizable(Consistency.Linearizable.getDefaultInstance())
                    .build();

    /// Shows what the server has.
    public static final Consistency STALE =
            Consistency.newBuilder().setStale(Consistency.Stale.getDefaultInstance()).build();

    private Calls() {}

    /// Shows what was.
    public static Consistency asOf(Moment moment) {
        return Consistency.newBuilder().setAsOf(MomentCodec.encode(moment)).build();
    }

    /// At most so far behind the leader.
    public static Consistency bounded(long maxAgeMillis) {
        return Consistency.newBuilder()
                .setBounded(Consistency.Bounded.newBuilder().setMaxAgeMillis(maxAgeMillis))
                .build();
    }

    /// At least that index.
    public static Consistency atLeast(long index) {
        return Consistency.newBuilder()
                .setAtLeast(Consistency.AtLeast.newBuilder().setIndex(index))
                .build();
    }

    /// Asks who owns a grain.
    public static LookupRequest lookup(GrainId grain, Consistency consistency) {
        return LookupRequest.newBuilder()
                .setGrain(ModelCodec.encode(grain))
                .setConsistency(consistency)
                .build();
    }

    /// Asks whether a holder may act.
    public static CheckFenceRequest checkFence(Held held) {
        return CheckFenceRequest.newBuilder()
                .setGrain(ModelCodec.encode(held.grain()))
                .setHolder(held.holder().value())
                .setEpoch(held.epoch().value())
                .build();
    }

    /// Asks for commands to be carried out.
    public static WriteBatch write(List<? extends Command> commands) {
        WriteBatch.Builder batch = WriteBatch.newBuilder();
        commands.forEach(command -> batch.addCommands(CommandCodec.encode(command, Origin.NONE)));
        return batch.build();
    }

    /// Reads who owns the grain.
    public static Ownership ownership(LookupAnswer answer) {
        return OwnershipCodec.decode(answer.getOwnership());
    }

    /// Reads who owns the grain.
    public static Ownership ownership(CheckFenceAnswer answer) {
        return OwnershipCodec.decode(answer.getCurrent());
    }
}
