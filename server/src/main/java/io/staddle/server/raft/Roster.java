package io.staddle.server.raft;

import io.staddle.api.id.ServerId;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who is in the quorum, as the newest configuration in this server's log says.
///
/// @param members sorted by name; while a change goes on, those of before too
/// @param ballots the sets of which each must have a majority: one, or two while a change goes on
public record Roster(List<Member> members, List<Set<ServerId>> ballots) {
    /// Copies the lists.
    public Roster {
        members = List.copyOf(members);
        ballots = List.copyOf(ballots);
    }

    /// Returns the members that count.
    public List<Member> voters() {
        return members.stream().filter(Member::votes).toList();
    }

    /// Returns the members without one.
    public List<Member> without(ServerId id) {
        return members.stream().filter(each -> !each.id().equals(id)).toList();
    }

    /// Returns the member of that name.
    public Optional<Member> find(ServerId id) {
        return members.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /// Tells whether a change goes on.
    public boolean isChanging() {
        return ballots.size() > 1;
    }
}
