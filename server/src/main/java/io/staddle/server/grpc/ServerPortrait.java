package io.staddle.server.grpc;

import io.staddle.api.id.ServerId;
import io.staddle.api.v1.DigestAnswer;
import io.staddle.api.v1.ServerDescription;
import io.staddle.server.agreement.Agreement;
import io.staddle.server.agreement.Builds;
import io.staddle.server.backup.Backups;
import io.staddle.server.config.ServerAddress;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.data.Identity;
import io.staddle.server.raft.Follower;
import io.staddle.server.raft.Member;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Standing;
import io.staddle.server.raft.Version;
import io.staddle.server.watch.Health;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Levels;
import io.staddle.storage.View;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a server says of itself.
public final class ServerPortrait {
    private final ServerConfig config;
    private final DataDirectory data;
    private final Quorum quorum;
    private final Health health;
    private final Agreement agreement;
    private final Backups backups;
    private final Builds builds;

    /// Portrays the server that these belong to.
    public ServerPortrait(
            ServerConfig config,
            DataDirectory data,
            Quorum quorum,
            Health health,
            Agreement agreement) {
        this.config = config;
        this.data = data;
        this.quorum = quorum;
        this.health = health;
        this.agreement = agreement;
        this.backups = new Backups(config, data, quorum);
        this.builds = new Builds(config.server(), quorum);
    }

    Quorum quorum() {
        return quorum;
    }

    Backups backups() {
        return backups;
    }

    /// Returns what is known of the builds of the others.
    public Builds builds() {
        return builds;
    }

    String server() {
        return config.server().value();
    }

    /// Describes the server as it is now. Walks over its files.
    ServerDescription describe() {
        Standing standing = quorum.standing();
        Identity identity = data.identity();
        ServerDescription.Builder description =
                ServerDescription.newBuilder()
                        .setServer(server())
                        .setApiAddress(config.self().api().toString())
                        .setRaftAddress(config.self().raft().toString())
                        .setDeployment(identity.deployment())
                        .setIncarnation(identity.incarnation())
                        .setVersion(Version.MINE)
                        .setNewestLevel(Levels.NEWEST)
                        .setUptimeMillis(ManagementFactory.getRuntimeMXBean().getUptime())
                        .setNowMillis(quorum.clock().wall().millis())
                        .setDataBytes(data.bytes())
                        .setReady(health.isReady());
        servers().stream()
                .filter(each -> !each.id().equals(config.server()))
                .forEach(other -> description.addPeers(other.id().value()));
        description.addAllMembers(members());
        addStanding(standing, description);
        addState(description);
        return description.build();
    }

    /// Returns the digest of the state here.
    ///
    /// @throws io.staddle.storage.CorruptDataException if the rows do not have it
    DigestAnswer digest(boolean verify) {
        if (verify) {
            // It fails unless the rows have the digest that was kept with them, so one that returns
            // says the same of any later commit.
            quorum.verify();
        }
        try (View view = quorum.view()) {
            String digest = view.digest().toString();
            return DigestAnswer.newBuilder()
                    .setServer(server())
                    .setIndex(view.applied().index())
                    .setDigest(digest)
                    .setRecomputed(verify ? digest : "")
                    .setAgreedIndex(agreement.agreedIndex())
                    .addAllDiffering(agreement.differing().stream().map(ServerId::value).toList())
                    .build();
        }
    }

    /// Returns who is in the quorum, and of the others what this server knows if it leads.
    List<io.staddle.api.v1.Member> members() {
        Map<ServerId, Follower> followers =
                quorum.followers().stream()
                        .collect(Collectors.toMap(Follower::id, Function.identity(), (a, _) -> a));
        return quorum.roster().members().stream()
                .map(each -> encode(each, Optional.ofNullable(followers.get(each.id()))))
                .toList();
    }

    private io.staddle.api.v1.Member encode(Member member, Optional<Follower> follower) {
        io.staddle.api.v1.Member.Builder encoded =
                io.staddle.api.v1.Member.newBuilder()
                        .setServer(member.id().value())
                        .setApiAddress(member.address().api().toString())
                        .setRaftAddress(member.address().raft().toString())
                        .setVotes(member.votes())
                        .setPriority(member.priority());
        follower.ifPresent(each ->
                encoded.setMatchIndex(each.matchIndex()).setSilentMillis(each.silentMillis()));
        builds.of(member.id())
                .ifPresent(build ->
                        encoded.setNewestLevel(build.getNewestLevel())
                                .setVersion(build.getVersion()));
        if (member.id().equals(config.server())) {
            encoded.setNewestLevel(Levels.NEWEST).setVersion(Version.MINE);
        }
        return encoded.build();
    }

    /// One that is in no quorum yet knows of those in its configuration only.
    private List<ServerAddress> servers() {
        List<Member> members = quorum.roster().members();
        return members.isEmpty()
                ? config.servers()
                : members.stream().map(Member::address).toList();
    }

    private void addStanding(Standing standing, ServerDescription.Builder description) {
        description
                .setRole(standing.role().name().toLowerCase(Locale.ROOT))
                .setTerm(standing.term())
                .setAppliedIndex(standing.appliedIndex())
                .setCommitIndex(standing.commitIndex())
                .setSnapshotIndex(standing.snapshotIndex());
        quorum.matchIndexes().forEach((id, index) -> description.putMatchIndex(id.value(), index));
        standing.leader().ifPresent(leader -> addLeader(leader, description));
    }

    private void addLeader(ServerId leader, ServerDescription.Builder description) {
        description.setLeader(leader.value());
        servers().stream()
                .filter(each -> each.id().equals(leader))
                .map(ServerAddress::api)
                .forEach(api -> description.setLeaderApiAddress(api.toString()));
    }

    private void addState(ServerDescription.Builder description) {
        try (View view = quorum.view()) {
            Queries state = new Queries(view);
            description.setLogicalNowMillis(state.logicalNowMillis());
            description.setFeatureLevel(state.config().featureLevel());
            for (ServerAddress each : servers()) {
                state.server(each.id())
                        .ifPresent(known ->
                                description.putAdmitted(known.id().value(), known.incarnation()));
            }
        }
    }
}
