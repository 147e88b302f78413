package io.staddle.server.access;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.v1.BeatRequest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What each method of the API takes: one row a method. What has no row is refused to everybody;
/// a test compares the rows with the services.
///
/// A method that carries commands is open to who is known: each command in it is then decided on by
/// [CommandNeeds], as commands travel in batches.
public final class MethodNeeds {
    private static final Need BY_COMMAND = new Need.BeingKnown();

    private static final Map<String, Need> ROWS = new HashMap<>();

    static {
        Need reader = new Need.Reading();
        of("Directory", reader, "Lookup CheckFence ListGrains CountGrains ListHoldings ListFloors");
        of("Directory", reader, "ListPlacements Explain AuditClaims");
        of("Directory", BY_COMMAND, "Acquire Claim Promote Release Renew Reassign SetPlacement");
        of("Directory", BY_COMMAND, "Import ImportReleased RaiseFloor");
        of("Clusters", reader, "List ListMoves PlanMove Explain");
        // Their requests name the cluster: see ofRequest.
        of("Clusters", new Need.OwningAny(), "Beat KeepBeating");
        of("Clusters", BY_COMMAND, "Register Update Remove FailOver DemoteAndPromote FailBack");
        of("Clusters", BY_COMMAND, "Evacuate TransferPrimary Drain Readmit PauseAutomation");
        of("Clusters", BY_COMMAND, "ResumeAutomation");
        of("Replay", reader, "Peek Status");
        of("Replay", BY_COMMAND, "Append Acknowledge Truncate Settle");
        of("Routing", reader, "ListNodes Get RouteKey CheckVShard ResolveGhost ListGhosts");
        of("Routing", new Need.OwningAny(), "BeatNode");
        of("Routing", BY_COMMAND, "RegisterNode SetNodeState DecommissionNode RemoveNode Init");
        of("Routing", BY_COMMAND, "ChangeGroup ReportGroup ConfirmRemoval AssignVShard");
        of("Routing", BY_COMMAND, "AdjustGhost SweepGhosts");
        of("Migrations", reader, "List Get Plan PreviewRecovery Explain");
        of("Migrations", BY_COMMAND, "Start ReportProgress ConfirmFence Abort Retry Apply");
        of("Barriers", reader, "ListScopes GetScope Get List");
        of("Barriers", BY_COMMAND, "ConfigureScope AcquireCoordinator ReleaseCoordinator Begin");
        of("Barriers", BY_COMMAND, "Acknowledge Commit Abort");
        of("Batch", BY_COMMAND, "Write");
        of("Batch", reader, "Read");
        of("Events", reader, "List Watch Diff");
        of("Servers", reader, "Describe Digest GetConfig");
        of(
                "Servers",
                new Need.Administering(),
                "TransferLeadership Snapshot SaveBackup ChangeMembers");
        of("Servers", BY_COMMAND, "PutConfig Replace RaiseFeatureLevel");
        of("Access", new Need.Administering(), "List");
        of("Access", new Need.BeingKnown(), "WhoAmI");
        of("Access", BY_COMMAND, "CreateIdentity ChangeRoles RevokeIdentity");
        rows(
                "staddle.peer.v1.Peers",
                new Need.Serving(),
                "Terms ReadIndex Greet DigestAt Introduce");
        rows("staddle.peer.v1.Relay", new Need.Serving(), "PassBeats");
        rows("grpc.health.v1.Health", new Need.Nothing(), "Check Watch");
        rows("grpc.reflection.v1.ServerReflection", reader, "ServerReflectionInfo");
    }

    private MethodNeeds() {}

    /// Returns what a method takes; empty if nobody may call it.
    ///
    /// @param method `PACKAGE.SERVICE/METHOD`
    public static Optional<Need> of(String method) {
        return Optional.ofNullable(ROWS.get(method));
    }

    /// Returns all methods that somebody may call.
    static List<String> methods() {
        return List.copyOf(ROWS.keySet());
    }

    /// Returns what a request takes beyond its method.
    static Optional<Need> ofRequest(Object request) {
        if (!(request instanceof BeatRequest beat)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Need.Owning(new ClusterId(beat.getCluster())));
        } catch (MalformedException _) {
            // Whoever handles it says so.
            return Optional.empty();
        }
    }

    private static void of(String service, Need need, String methods) {
        rows("staddle.v1." + service, need, methods);
    }

    private static void rows(String service, Need need, String methods) {
        for (String method : methods.split(" ", -1)) {
            ROWS.put(service + "/" + method, need);
        }
    }
}
