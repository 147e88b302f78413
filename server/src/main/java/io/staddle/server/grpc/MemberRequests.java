package io.staddle.server.grpc;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.ServerId;
import io.staddle.api.v1.ChangeMembersRequest;
import io.staddle.server.config.HostPort;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.raft.MemberChange;

/// Reads changes of who is in the quorum.
final class MemberRequests {
    private static final int PRIORITY_MAX = 1_000;

    private MemberRequests() {}

    /// Reads one.
    ///
    /// @throws MalformedException if it can never be right
    static MemberChange change(ChangeMembersRequest request) {
        return switch (request.getChangeCase()) {
            case ADD -> add(request.getAdd());
            case PROMOTE -> new MemberChange.Promote(new ServerId(request.getPromote()));
            case REMOVE -> new MemberChange.Remove(new ServerId(request.getRemove()));
            case PRIORITY -> prefer(request.getPriority());
            case CHANGE_NOT_SET ->
                    throw malformed("change", "add, promote, remove or priority", "none");
        };
    }

    private static MemberChange add(ChangeMembersRequest.AddMember add) {
        return new MemberChange.Add(
                new ServerAddress(
                        new ServerId(add.getServer()),
                        address("api_address", add.getApiAddress()),
                        address("raft_address", add.getRaftAddress())));
    }

    private static MemberChange prefer(ChangeMembersRequest.MemberPriority priority) {
        if (priority.getPriority() < 0 || priority.getPriority() > PRIORITY_MAX) {
            throw malformed("priority", "0 to " + PRIORITY_MAX, "" + priority.getPriority());
        }
        return new MemberChange.Prefer(new ServerId(priority.getServer()), priority.getPriority());
    }

    private static HostPort address(String field, String text) {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed(field, "HOST:PORT with a port of 1 to 65535", text);
        }
    }

    private static MalformedException malformed(String field, String expected, String found) {
        return new MalformedException(new Expectation(field, expected, found));
    }
}
