package io.staddle.server.console;

import java.util.Set;

/// Which methods of the API pages call: those that show, and those that change.
final class Methods {
    private static final String PREFIX = "staddle.v1.";

    private static final Set<String> SHOWING =
            Set.of(
                    "Directory/Lookup",
                    "Directory/ListGrains",
                    "Directory/CountGrains",
                    "Directory/Explain",
                    "Clusters/List",
                    "Clusters/ListMoves",
                    "Clusters/PlanMove",
                    "Clusters/Explain",
                    "Replay/Status",
                    "Replay/Peek",
                    "Routing/Get",
                    "Routing/ListGhosts",
                    "Migrations/List",
                    "Migrations/Get",
                    "Migrations/Explain",
                    "Migrations/Plan",
                    "Barriers/ListScopes",
                    "Barriers/List",
                    "Barriers/Get",
                    "Events/List",
                    "Servers/Describe",
                    "Servers/Digest",
                    "Servers/GetConfig",
                    "Access/WhoAmI");

    /// Whoever calls these has seen a plan, and names it.
    private static final Set<String> PLANNED =
            Set.of(
                    "Clusters/FailOver",
                    "Clusters/DemoteAndPromote",
                    "Clusters/FailBack",
                    "Clusters/Evacuate",
                    "Migrations/Apply");

    private static final Set<String> OPERATING =
            Set.of(
                    "Clusters/PauseAutomation",
                    "Clusters/ResumeAutomation",
                    "Clusters/Drain",
                    "Clusters/Readmit",
                    "Clusters/TransferPrimary",
                    "Routing/SetNodeState",
                    "Routing/DecommissionNode",
                    "Migrations/Abort",
                    "Migrations/Retry",
                    "Barriers/Abort");

    /// These change no replicated state, so no event would keep who asked and why.
    private static final Set<String> UNRECORDED = Set.of("Servers/TransferLeadership");

    private Methods() {}

    static boolean shows(String method) {
        return isIn(SHOWING, method);
    }

    static boolean operates(String method) {
        return isIn(OPERATING, method) || isPlanned(method) || !isRecorded(method);
    }

    /// Whether history keeps who asked for it and why.
    static boolean isRecorded(String method) {
        return !isIn(UNRECORDED, method);
    }

    static boolean isPlanned(String method) {
        return isIn(PLANNED, method);
    }

    private static boolean isIn(Set<String> methods, String method) {
        return method.startsWith(PREFIX) && methods.contains(method.substring(PREFIX.length()));
    }
}
