package io.staddle.api.codec;

import com.google.protobuf.ByteString;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.Initiative;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.command.Successor;
import io.staddle.api.command.Takeover;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.event.Before;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.GrantCause;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.ReleaseCause;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.event.StateCause;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.id.VShardId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterHealth;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.Demotion;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.FailoverBlocker;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Fencing;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.MemberChangeKind;
import io.staddle.api.model.MemberRecord;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.MigrationStage;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.NotedChange;
import io.staddle.api.model.Observation;
import io.staddle.api.model.ObservedConfig;
import io.staddle.api.model.Obstacle;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Placement;
import io.staddle.api.model.PreState;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Reach;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayOrigin.Gap;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.RoleMove;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.Setting;
import io.staddle.api.model.SettingValue;
import io.staddle.api.model.Since;
import io.staddle.api.model.Suspicion;
import io.staddle.api.model.Unfitness;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Vitals;
import io.staddle.api.model.WaitCondition;
import io.staddle.api.model.Waiting;
import io.staddle.api.model.Writes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// One instance of every command and event, for the bytes that are format. New ones are added;
/// those that are there stay.
final class Golden {
    private static final GrainId GRAIN = GrainId.of("order", "eu/4711 ß");
    private static final GrainType TYPE = new GrainType("order");
    private static final ClusterId A = new ClusterId("eu-1");
    private static final ClusterId B = new ClusterId("us-1");
    private static final ClusterProfile PROFILE = new ClusterProfile("eu", "eu-1:7000", 2, true);
    private static final MoveId FAILOVER = new MoveId("m-1");
    private static final Pause PAUSE = new Pause("works on the line", "op@example", 55);
    private static final ClusterRecord CLUSTER =
            new ClusterRecord(
                    A,
                    PROFILE,
                    new ClusterHealth(
                            ClusterState.RECOVERING,
                            1_700_000_000_000L,
                            2,
                            List.of(FailoverBlocker.MASS_SUSPECT_HOLD)),
                    new Vitals(1_699_999_999_000L, 17, OptionalLong.of(250)),
                    ClusterRole.DEMOTED_PRIMARY,
                    new Fencing(new Fence(3), new Fence(2), Optional.of(FAILOVER)),
                    Optional.of(PAUSE),
                    5);
    private static final Beat BEAT =
            new Beat(A, 17, new Fence(3), OptionalLong.of(0), 1_700_000_000_500L);
    private static final Suspicion SUSPICION =
            new Suspicion(
                    1_700_000_000_600L,
                    List.of(
                            new Observation(B, false, 1_700_000_000_700L),
                            new Observation(new ClusterId("ap-1"), true, 1_700_000_000_800L)));
    private static final Since SINCE = new Since(new Revision(300, 7), 1_700_000_000_001L);
    private static final Move MOVE =
            new Move(
                    new MoveId("m-1"),
                    MoveKind.FAILOVER,
                    A,
                    new Fence(4),
                    Optional.of(new Demotion(FailoverCause.GRACE, new RoleMove.Promoted(B, 9), 17)),
                    List.of(
                            new HoldingMove(new HoldingId(1), TYPE, A, new Fate.To(B), 10),
                            new HoldingMove(
                                    new HoldingId(2),
                                    TYPE,
                                    A,
                                    new Fate.Stranded(new Obstacle.NobodyFit(List.of(A))),
                                    20),
                            new HoldingMove(
                                    new HoldingId(3),
                                    TYPE,
                                    A,
                                    new Fate.Kept(new Obstacle.NamedUnfit(B, Unfitness.LAGS)),
                                    30)),
                    SINCE);

    private static final ReplayWrite WRITE =
            new ReplayWrite(
                    new WriteId(B, 17),
                    new ReplayKey("cart/ß"),
                    ByteString.copyFrom(new byte[] {0, 1, -1}));

    private static final List<MemberRecord> MEMBERS =
            List.of(
                    new MemberRecord(new ServerId("server-1"), true, 7),
                    new MemberRecord(new ServerId("server-2"), true, 0),
                    new MemberRecord(new ServerId("server-3"), false, 0));

    private static final NodeId N = new NodeId("node-1");
    private static final NodeId M = new NodeId("node-2");
    private static final NodeRecord NODE =
            new NodeRecord(
                    N,
                    new NodeAddress("10.0.0.7", 9_000),
                    3,
                    NodeState.ACTIVE,
                    1_700_000_000_000L,
                    4,
                    false);
    private static final NodeBeat NODE_BEAT = new NodeBeat(N, 3, 1_700_000_000_900L);
    private static final RoutingLayout LAYOUT = new RoutingLayout(1_024, 8, 2, List.of(N, M));
    private static final GroupRecord GROUP =
            new GroupRecord(
                    new GroupId(7),
                    List.of(M),
                    List.of(N),
                    Optional.of(M),
                    2,
                    1,
                    8,
                    List.of(new ObservedConfig(N, 3, 7)),
                    List.of(),
                    SINCE);
    private static final VShardRecord V_SHARD =
            new VShardRecord(
                    new VShardId(1_023),
                    new GroupId(7),
                    N,
                    new Epoch(5),
                    new Writes.Paused(1_700_000_000_500L),
                    new Engagement.Migrating(new MigrationId("mig-1")),
                    3,
                    SINCE);

    private static final MigrationId MIG = new MigrationId("mig-1");
    private static final MigrationCheckpoint CHECKPOINT =
            new MigrationCheckpoint(
                    MigrationPhase.CATCH_UP,
                    2,
                    ByteString.copyFromUtf8("seen"),
                    3_735_928_559L,
                    1_700_000_000_003L);
    private static final MigrationRecord MIGRATION =
            new MigrationRecord(
                    new MigrationHeader(
                            MIG,
                            new VShardId(1_023),
                            M,
                            N,
                            3,
                            new GroupId(7),
                            true,
                            500_000,
                            3,
                            2,
                            1_700_000_000_000L),
                    new PreState(Membership.LEARNER, Optional.of(M), new Epoch(5)),
                    new MigrationStage(
                            MigrationPhase.LEADERSHIP_TRANSFER,
                            4,
                            1_700_000_000_004L,
                            new Waiting(N, WaitCondition.DRAINED, 7, 1_700_000_000_004L)),
                    new MigrationProgress(100, 99, 250, 4, 1_700_000_000_005L, 1_700_000_000_002L),
                    List.of(
                            new Compensation.DemoteToLearner(new GroupId(7), N),
                            new Compensation.ResumeWrites(new VShardId(1_023)),
                            new Compensation.RestoreLeader(new GroupId(7), Optional.of(M))),
                    0,
                    new MigrationEnd.None(),
                    false);
    private static final MigrationRecord ABORTED =
            MIGRATION.ended(
                    MIGRATION
                            .stage()
                            .next(
                                    MigrationPhase.ABORTED,
                                    1_700_000_000_009L,
                                    new Waiting(M, WaitCondition.FENCED, 3, 1_700_000_000_009L)),
                    new MigrationEnd.Aborted(
                            AbortCode.TARGET_LOST,
                            "gone",
                            MigrationPhase.CATCH_UP,
                            List.of(
                                    new Compensation.RemoveLearner(new GroupId(7), N),
                                    new Compensation.RemoveVoter(new GroupId(7), N))));
    private static final Ghost GHOST =
            new Ghost(
                    new VShardId(1_023),
                    M,
                    N,
                    new GroupId(7),
                    new Epoch(6),
                    1,
                    MIG,
                    1_700_000_000_006L,
                    2);

    private static final List<Command> FIRST_COMMANDS =
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
                    new ClusterCommand.Remove(A, 6, true),
                    new ClusterCommand.TransferPrimary(A, B, 7),
                    new ClusterCommand.FailOver(
                            FAILOVER,
                            A,
                            new Fence(3),
                            FailoverCause.OPERATOR,
                            true,
                            new Successor.ByPlacement(),
                            new PlanId("a1b2")),
                    new ClusterCommand.DemoteAndPromote(
                            FAILOVER, A, new Fence(3), new Successor.Named(B), PlanId.NONE),
                    new ClusterCommand.FailBack(new MoveId("m-2"), A, new PlanId("c3d4")),
                    new ClusterCommand.Evacuate(
                            new MoveId("m-3"),
                            A,
                            List.of(TYPE),
                            new Successor.Named(B),
                            PlanId.NONE),
                    new ReplayCommand.Append(A, List.of(WRITE)),
                    new ReplayCommand.Acknowledge(A, 7, new ConsumerId("silo-7")),
                    new ReplayCommand.Truncate(A, 9, 7, "given up"),
                    new ReplayCommand.Settle(A, B, 1_017),
                    new HealthCommand.RecordBeats(List.of(BEAT)),
                    new HealthCommand.MarkSuspect(A, 5, SUSPICION),
                    new HealthCommand.Drain(A, 5),
                    new HealthCommand.Readmit(A, FAILOVER, Initiative.AUTOMATIC),
                    new AutomationCommand.Pause(new Reach.OneCluster(A), "works on the line"),
                    new AutomationCommand.Resume(Reach.ALL),
                    new AutomationCommand.NoteFailoverBlocked(A),
                    new AdminCommand.PutConfig(
                            Map.of("claims.max-epoch-jump", "32", "leases.millis-max", "5000"), 1),
                    new AdminCommand.RaiseFeatureLevel(2),
                    new AdminCommand.AdmitServer(new ServerId("server-1"), "a1b2c3"),
                    new AdminCommand.ReplaceServer(new ServerId("server-1"), "a1b2c3", "d4"),
                    new AdminCommand.NoteMembers(MEMBERS),
                    new NodeCommand.RegisterNode(N, NODE.address(), 3),
                    new NodeCommand.SetNodeState(N, NodeState.DECOMMISSIONED, 4),
                    new NodeCommand.DecommissionNode(N, 5),
                    new NodeCommand.RemoveNode(N),
                    new NodeCommand.RecordNodeBeats(List.of(NODE_BEAT)),
                    new RoutingCommand.InitRouting(LAYOUT),
                    new RoutingCommand.ChangeGroup(new GroupId(7), GroupChange.ADD_LEARNER, N, 8),
                    new RoutingCommand.ReportGroup(new GroupId(7), N, 3, 8, Optional.of(M), 2),
                    new RoutingCommand.ConfirmRemoval(new GroupId(7), N, 8, M),
                    new RoutingCommand.AssignVShard(
                            new VShardId(1_023), new GroupId(7), N, new Epoch(5)),
                    new MigrationCommand.StartMigration(
                            MIG, new VShardId(1_023), N, 3, 500_000, true, new Epoch(5)),
                    new MigrationCommand.ReportProgress(MIG, 4, 3, 100, 99, 250),
                    new MigrationCommand.CheckpointMigration(
                            MIG,
                            MigrationPhase.CATCH_UP,
                            CHECKPOINT.payload(),
                            CHECKPOINT.checksum(),
                            1),
                    new MigrationCommand.CutoverMigration(MIG, 4, new Epoch(5)),
                    new MigrationCommand.CompleteMigration(MIG, 1_250, 5),
                    new MigrationCommand.AbortMigration(MIG, AbortCode.OPERATOR, "not now", 4),
                    new MigrationCommand.RetryMigration(
                            MIG, new MigrationId("mig-2"), new Epoch(5)),
                    new MigrationCommand.ConfirmFence(MIG, M),
                    new BalanceCommand.ApplyPlan(
                            new PlanId("p-1"),
                            List.of(new BalanceCommand.Target(new VShardId(1_023), M)),
                            500_000),
                    new GhostCommand.AdjustGhost(new VShardId(1_023), M, 4, 2),
                    new GhostCommand.SweepGhosts(
                            List.of(new GhostVerdict(new VShardId(1_023), M, Finding.PURGE, 2))),
                    new GhostCommand.CleanupMigrations(500));

    private static final List<Event> FIRST_EVENTS =
            List.of(
                    new DirectoryEvent.HoldingOpened(new HoldingId(9), A, new Fence(3), TYPE),
                    new DirectoryEvent.Granted(
                            GRAIN,
                            A,
                            new Epoch(5),
                            new HoldingId(9),
                            99,
                            GrantCause.CLAIMED,
                            Before.NOT_TOLD),
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
                    new ClusterEvent.StateChanged(
                            A,
                            ClusterState.HEALTHY,
                            ClusterState.SUSPECT,
                            new StateCause.Silent(SUSPICION)),
                    new ClusterEvent.Heard(BEAT),
                    new ClusterEvent.Fenced(A, new Fence(4), FAILOVER),
                    new ClusterEvent.Readmitted(A, FAILOVER),
                    new ClusterEvent.RoleChanged(
                            B, ClusterRole.SECONDARY, ClusterRole.PROMOTED_SECONDARY),
                    new ClusterEvent.PrimacyChanged(new Primacy(Optional.of(B), 9, 66)),
                    new ClusterEvent.FailoverBlocked(A, FailoverBlocker.NO_ELIGIBLE_SUCCESSOR),
                    new ClusterEvent.AutomationPaused(Reach.ALL, PAUSE),
                    new ClusterEvent.AutomationResumed(new Reach.OneCluster(A)),
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
                            Map.of(
                                    Setting.MAX_EPOCH_JUMP,
                                    new SettingValue.Amount(32),
                                    Setting.PRIMARY_TIER,
                                    new SettingValue.Clusters(List.of(B, A))),
                            2),
                    new AdminEvent.FeatureLevelRaised(2),
                    new AdminEvent.ServerAdmitted(new ServerId("server-1"), "a1b2c3"),
                    new AdminEvent.MembersChanged(
                            List.of(
                                    new NotedChange(
                                            new ServerId("server-2"), MemberChangeKind.PROMOTED)),
                            MEMBERS),
                    new RoutingEvent.NodeRegistered(NODE),
                    new RoutingEvent.NodeStateChanged(NodeState.JOINING, NODE),
                    new RoutingEvent.NodesHeard(List.of(NODE_BEAT)),
                    new RoutingEvent.NodeRemoved(N, 3),
                    new RoutingEvent.RoutingInitialised(LAYOUT),
                    new RoutingEvent.GroupChanged(GroupChange.PROMOTE, N, GROUP),
                    new RoutingEvent.GroupReported(N, GROUP),
                    new RoutingEvent.VShardMoved(M, V_SHARD),
                    new RoutingEvent.LeaderChosen(GROUP),
                    new MigrationEvent.MigrationStarted(MIGRATION, CHECKPOINT),
                    new MigrationEvent.ProgressReported(MIG, MIGRATION.progress()),
                    new MigrationEvent.PhaseEntered(
                            MigrationPhase.PROMOTE_LEARNER, MIGRATION, CHECKPOINT),
                    new MigrationEvent.WritesPaused(MIG, V_SHARD),
                    new MigrationEvent.WritesResumed(MIG, V_SHARD),
                    new MigrationEvent.CompensationApplied(
                            MIG, new Compensation.RestoreLeader(new GroupId(7), Optional.empty())),
                    new MigrationEvent.MigrationCompleted(
                            MIGRATION
                                    .ended(MIGRATION.stage(), new MigrationEnd.Completed(1_250))
                                    .behindFence(),
                            CHECKPOINT),
                    new MigrationEvent.MigrationAborted(ABORTED, CHECKPOINT),
                    new MigrationEvent.FenceConfirmed(M, ABORTED.behindFence()),
                    new MigrationEvent.MigrationsForgotten(List.of(MIG)),
                    new MigrationEvent.GhostInstalled(GHOST),
                    new MigrationEvent.GhostAdjusted(GHOST.needed(3)),
                    new MigrationEvent.GhostPurged(GHOST));

    static final List<Command> COMMANDS =
            Stream.of(FIRST_COMMANDS, GoldenBarriers.COMMANDS, GoldenAccess.COMMANDS)
                    .flatMap(List::stream)
                    .toList();

    static final List<Event> EVENTS =
            Stream.of(FIRST_EVENTS, GoldenBarriers.EVENTS, GoldenAccess.EVENTS)
                    .flatMap(List::stream)
                    .toList();

    private Golden() {}

    static Proposal proposal(Command command) {
        return new Proposal(command, new Origin("op@example", "drill", "req-1"));
    }
}
