package io.staddle.cli.server;

import io.staddle.api.v1.DigestAnswer;
import io.staddle.api.v1.Member;
import io.staddle.cli.shell.CliException;
import io.staddle.client.Endpoint;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerMember;
import io.staddle.client.ServerReply;
import io.staddle.client.ServerReports;

import java.util.ArrayList;
import java.util.List;

/// Finds servers and writes them as the API does.
final class Servers {
    private Servers() {}

    /// Returns where the server of that name, or at that address, listens.
    static Endpoint endpoint(ServerAdmin servers, String nameOrAddress) {
        List<String> names = new ArrayList<>();
        for (ServerReply<ServerDescription> reply : servers.describeAll()) {
            if (reply.endpoint().toString().equals(nameOrAddress)) {
                return reply.endpoint();
            }
            if (reply instanceof ServerReply.Answered<ServerDescription>(var at, var server)) {
                if (server.server().equals(nameOrAddress)) {
                    return at;
                }
                names.add(server.server());
            }
        }
        throw CliException.refused(
                "no server that answers is called " + nameOrAddress,
                "Those that answer: " + String.join(", ", names) + ". See: staddle server list");
    }

    static io.staddle.api.v1.ServerDescription encode(ServerDescription from) {
        return io.staddle.api.v1.ServerDescription.newBuilder()
                .setServer(from.server())
                .setApiAddress(from.addresses().api())
                .setRaftAddress(from.addresses().raft())
                .setRole(from.role())
                .setLeader(from.leader())
                .setLeaderApiAddress(from.leaderApiAddress())
                .setTerm(from.log().term())
                .setAppliedIndex(from.log().appliedIndex())
                .setCommitIndex(from.log().commitIndex())
                .setVersion(from.version())
                .setUptimeMillis(from.clock().uptimeMillis())
                .setSnapshotIndex(from.storage().snapshotIndex())
                .setDataBytes(from.storage().dataBytes())
                .setNowMillis(from.clock().nowMillis())
                .setLogicalNowMillis(from.clock().logicalNowMillis())
                .addAllPeers(from.peers())
                .setIncarnation(from.incarnation())
                .setDeployment(from.deployment())
                .setReady(from.ready())
                .putAllMatchIndex(from.log().matchIndex())
                .addAllMembers(from.members().stream().map(Servers::encode).toList())
                .setNewestLevel(from.levels().newest())
                .setFeatureLevel(from.levels().inForce())
                .build();
    }

    static Member encode(ServerMember from) {
        return Member.newBuilder()
                .setServer(from.server())
                .setApiAddress(from.api())
                .setRaftAddress(from.raft())
                .setVotes(from.votes())
                .setPriority(from.priority())
                .setMatchIndex(from.matchIndex())
                .setSilentMillis(from.silentMillis())
                .setNewestLevel(from.newestLevel())
                .setVersion(from.version())
                .build();
    }

    /// Returns the index of the newest snapshot; empty if there is none.
    static String snapshot(ServerDescription server) {
        long index = server.storage().snapshotIndex();
        return index <= 0 ? "" : Long.toString(index);
    }

    /// Stands for a server that did not answer, so that a script sees as many as were asked.
    static io.staddle.api.v1.ServerDescription silent(Endpoint endpoint) {
        return io.staddle.api.v1.ServerDescription.newBuilder()
                .setApiAddress(endpoint.toString())
                .setRole("UNREACHABLE")
                .build();
    }

    static DigestAnswer encode(ServerReports.Digest digest) {
        return DigestAnswer.newBuilder()
                .setServer(digest.server())
                .setIndex(digest.index())
                .setDigest(digest.digest())
                .setRecomputed(digest.recomputed().orElse(""))
                .setAgreedIndex(digest.agreedIndex())
                .addAllDiffering(digest.differing())
                .build();
    }
}
