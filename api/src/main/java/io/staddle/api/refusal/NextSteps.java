package io.staddle.api.refusal;

import io.staddle.api.model.ClusterState;
import io.staddle.api.refusal.Refusal.IllegalTransition;

/// What to do next about refusals that many things can have, by the kind of thing.
final class NextSteps {
    private NextSteps() {}

    /// Returns where to see which names there are.
    static String toFind(String kind) {
        return switch (kind) {
            case "cluster" -> listed("staddle cluster list", "staddle cluster register");
            case "node" -> listed("staddle node list", "staddle node register");
            case "migration" -> listed("staddle migration list");
            case "failover" -> listed("staddle failover list");
            case "barrier", "scope" -> listed("staddle barrier list");
            case "group", "vShard" -> listed("staddle routing show");
            case "identity" -> listed("staddle access list");
            case "server" -> listed("staddle server list");
            default -> "List what there is, or register it first.";
        };
    }

    /// Returns what is in the way of a change of state, as a clause.
    static String message(IllegalTransition why) {
        String thing = "%s \"%s\" is %s".formatted(why.kind(), why.name(), why.from());
        return why.from().equals(why.to())
                ? thing + " already"
                : thing + " and cannot become " + why.to() + " this way";
    }

    /// Returns what leads to the wanted state.
    static String toChange(IllegalTransition why) {
        boolean isCluster = why.kind().equals("cluster");
        if (isCluster && is(why.from(), ClusterState.FAILED)) {
            return "It has to beat first: by its agent, or staddle cluster beat. What else"
                    + " readmission waits for: staddle cluster explain.";
        }
        if (isCluster
                && is(why.from(), ClusterState.HEALTHY)
                && is(why.to(), ClusterState.FAILED)) {
            return "Wait until it is taken for dead, or insist: staddle failover run --force.";
        }
        return "See docs/refusals.md for the way from each state to the others.";
    }

    private static boolean is(String name, ClusterState state) {
        return name.equals(state.name());
    }

    private static String listed(String list) {
        return "See what there is: " + list + ".";
    }

    private static String listed(String list, String register) {
        return "See what there is: " + list + "; or add it: " + register + ".";
    }
}
