package io.staddle.statemachine.machine;

import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Membership;

import java.util.Map;
import java.util.TreeMap;

/// A group of the naive model: who is in it, and who has not left it.
final class NaiveGroup {
    final Map<NodeId, Membership> members = new TreeMap<>();
    final Map<NodeId, String> observed = new TreeMap<>();
    final Map<NodeId, Long> leaving = new TreeMap<>();
    long version = 1;

    Membership of(NodeId node) {
        return members.getOrDefault(node, Membership.NONE);
    }

    void set(NodeId node, Membership to) {
        if (of(node) != to) {
            members.put(node, to);
            version++;
            if (to == Membership.NONE) {
                members.remove(node);
                observed.remove(node);
            }
        }
    }

    long observed(NodeId node, long incarnation) {
        String[] said = observed.getOrDefault(node, "0/0").split("/", -1);
        return Long.parseLong(said[0]) == incarnation ? Long.parseLong(said[1]) : 0;
    }

    String gone(RoutingCommand.ConfirmRemoval c) {
        if (c.configVersion() > version) {
            return "OUT_OF_RANGE";
        }
        if (leaving.getOrDefault(c.node(), -1L) != c.configVersion()) {
            return NaiveMigrations.DONE;
        }
        if (of(c.by()) != Membership.VOTER && !c.by().equals(c.node())) {
            return "NOT_A_MEMBER";
        }
        leaving.remove(c.node());
        observed.replaceAll((node, said) -> {
            String[] seen = said.split("/", -1);
            boolean next = Long.parseLong(seen[1]) + 1 == c.configVersion();
            return next ? seen[0] + "/" + c.configVersion() : said;
        });
        return NaiveMigrations.DONE;
    }
}
