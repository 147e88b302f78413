package io.staddle.api.codec;

import com.google.protobuf.ByteString;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.Successor;
import io.staddle.api.command.Takeover;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.GrantCause;
import io.staddle.api.event.ReleaseCause;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Placement;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayOrigin.Gap;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Since;

import java.util.List;
import java.util.Map;

/// One instance of every command and event, for the bytes that are format. New ones are added;
/// those that are there stay.
final class Golden {
    private static final GrainId GRAIN = GrainId.of("order", "eu/4711 ß");
    private static final GrainType TYPE = new GrainType("order");
    private static final ClusterId A = new ClusterId("eu-1");
    private static final ClusterId B = new ClusterId("us-1");
    private static final ClusterProfile PROFILE = new ClusterProfile("eu", "eu-1:7000", 2, true);
    private static final ClusterRecord CLUSTER =
            new ClusterRecord(
                    A, PROFILE, ClusterState.HEALTHY, new Fence(3), 5, 1_700_000_000_000L);
    private static final Since SINCE = new Since(new Revision(300, 7), 1_700_000_000_001L);
    private static final Move MOVE =
            new Move(
                    new MoveId("m-1"),
                    MoveKind.FAILOVER,
                    A,
                    new Fence(4),
                    List.of(
                            new HoldingMove(new HoldingId(1), TYPE, A, new Fate.To(B), 10),
                            new HoldingMove(new HoldingId(2), TYPE, A, new Fate.Stranded("x"), 20),
                            new HoldingMove(new HoldingId(3), TYPE, A, new Fate.Kept("y"), 30)),
                    SINCE);

    private static final ReplayWrite WRITE =
            new ReplayWrite(
                    new WriteId(B, 17),
                    new ReplayKey("cart/ß"),
                    ByteString.copyFrom(new byte[] {0, 1, -1}));

    static final List<Command> COMMANDS =
            List.of(
                    new DirectoryCommand.Acquire(GRAIN, A, 30_000),
                    new DirectoryCommand.Claim(GRAIN, A, new Epoch(5)),
                    new DirectoryCommand.Promote(
                            GRAIN, B, A, new Epoch(5), Takeover.FROM_LIVE_OWNER),
                    new DirectoryCommand.Release(GRAIN, B, new Epoch(6)),
                    new DirectoryCommand.Renew(GRAIN, B, new Epoch(6), 60_000),
                    new DirectoryCommand.Reassign(GRAIN, A, new Epoch(6)),
                    new DirectoryCommand.Import(GRAIN, A, Epoch.MAX),
                    new DirectoryCommand.ImportReleased(GRAIN, A, new Epoch(6)),
                    new DirectoryCommand.RaiseFloor(TYPE, new Epoch(7)),
                    new DirectoryCommand.SetPlacement(TYPE, List.of(B, A), 2),
                    new DirectoryCommand.ExpireLeases(500),
                    new DirectoryCommand.PurgeTombstones(10_000),
                    new ClusterCommand.Register(A, PROFILE, ClusterState.HEALTHY),
                    new ClusterCommand.Update(A, PROFILE, 4),
                    new ClusterCommand.SetState(A, ClusterState.DRAINING, 5),
                    new ClusterCommand.Remove(A, 6),
                    new ClusterCommand.FailOver(
                            new MoveId("m-1"), A, new Fence(3), new Successor.ByPlacement()),
                    new ClusterCommand.FailBack(new MoveId("m-2"), A),
                    new ClusterCommand.Evacuate(
                            new MoveId("m-3"), A, List.of(TYPE), new Successor.Named(B)),
                    new ReplayCommand.Append(A, List.of(WRITE)),
                    new ReplayCommand.Acknowledge(A, 7, new ConsumerId("silo-7")),
                    new ReplayCommand.Truncate(A, 9, 7, "given up"),
                    new ReplayCommand.Settle(A, B, 1_017),
                    new AdminCommand.PutConfig(
                            Map.of("claims.max-epoch-jump", "32", "leases.millis-max", "5000"), 1),
                    new AdminCommand.RaiseFeatureLevel(2),
                    new AdminCommand.AdmitServer(new ServerId("server-1"), "a1b2c3"),
                    new AdminCommand.ReplaceServer(new ServerId("server-1"), "a1b2c3", "d4"));

    static final List<Event> EVENTS =
            List.of(
                    new DirectoryEvent.HoldingOpened(new HoldingId(9), A, new Fence(3), TYPE),
                    new DirectoryEvent.Granted(
                            GRAIN, A, new Epoch(5), new HoldingId(9), 99, GrantCause.CLAIMED),
                    new DirectoryEvent.Released(GRAIN, A, new Epoch(5), ReleaseCause.EXPIRED),
                    new DirectoryEvent.LeaseRenewed(GRAIN, new Epoch(5), 199),
                    new DirectoryEvent.LeaseForgotten(GRAIN, 199),
                    new DirectoryEvent.HoldingMoved(
                            new HoldingId(9),
                            TYPE,
                            A,
                            new Holder.Owner(B),
                            2,
                            1_000_000,
                            MoveKind.EVACUATION,
                            new MoveId("m-3")),
                    new DirectoryEvent.HoldingClosed(new HoldingId(9)),
                    new DirectoryEvent.PlacementSet(new Placement(TYPE, List.of(A, B), 3)),
                    new DirectoryEvent.TombstonePurged(GRAIN, new Epoch(6)),
                    new DirectoryEvent.FloorRaised(TYPE, new Epoch(7)),
                    new ClusterEvent.Registered(CLUSTER),
                    new ClusterEvent.Updated(CLUSTER),
                    new ClusterEvent.Removed(A, new Fence(3)),
                    new ClusterEvent.StateChanged(A, ClusterState.HEALTHY, ClusterState.SUSPECT),
                    new ClusterEvent.Fenced(A, new Fence(4)),
                    new ClusterEvent.MoveRecorded(MOVE),
                    new ReplayEvent.Queued(
                            A,
                            List.of(new ReplayEntry(8, WRITE, 99)),
                            List.of(new ReplayOrigin(B, 17, 2, List.of(new Gap(4, 9))))),
                    new ReplayEvent.Buffered(A, 8),
                    new ReplayEvent.Appended(A, 8, 8, 14),
                    new ReplayEvent.Acknowledged(A, 8, 1, 14, new ConsumerId("silo-7")),
                    new ReplayEvent.Replayed(A, 1),
                    new ReplayEvent.Truncated(A, 9, 1, 14, "given up"),
                    new ReplayEvent.Settled(A, B, 1_017),
                    new AdminEvent.ConfigChanged(
                            Map.of(Setting.MAX_EPOCH_JUMP, 32L, Setting.LEASE_MILLIS_MAX, 5_000L),
                            2),
                    new AdminEvent.FeatureLevelRaised(2),
                    new AdminEvent.ServerAdmitted(new ServerId("server-1"), "a1b2c3"));

    private Golden() {}

    static Proposal proposal(Command command) {
        return new Proposal(command, new Origin("op@example", "drill", "req-1"));
    }
}
