package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.ModelCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Config;
import io.staddle.api.model.Origin;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.v1.ChangeMembersRequest;
import io.staddle.api.v1.TransferLeadershipRequest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/// The servers themselves, and the configuration that they share.
///
/// Each method waits for its answer, as those of [GrainDirectory] do, and throws the same. What is
/// asked of one endpoint is asked of it alone: no other server answers for it.
public final class ServerAdmin {
    private final Calls calls;

    ServerAdmin(Calls calls) {
        this.calls = calls.waitingForRoom();
    }

    /// Returns the endpoints that the client was given, in their order.
    public List<Endpoint> endpoints() {
        return calls.endpoints();
    }

    /// Returns what the server at `endpoint` says of itself.
    public ServerDescription describe(Endpoint endpoint) {
        return calls.await(calls.describe(endpoint));
    }

    /// Asks all endpoints at the same time what they say of themselves; one answer an endpoint, in
    /// their order.
    public List<ServerReply<ServerDescription>> describeAll() {
        return calls.askAll(calls::describe);
    }

    /// Returns the digest of the state of the server at `endpoint`.
    public ServerReports.Digest digest(Endpoint endpoint) {
        return calls.await(calls.digest(endpoint, false));
    }

    /// Has the server at `endpoint` compute its digest again from all rows, which takes it as long
    /// as reading them.
    public ServerReports.Digest verify(Endpoint endpoint) {
        return calls.await(calls.digest(endpoint, true));
    }

    /// Asks all endpoints for the digest of their state; one answer an endpoint, in their order.
    public List<ServerReply<ServerReports.Digest>> digestAll() {
        return calls.askAll(endpoint -> calls.digest(endpoint, false));
    }

    /// As [#digestAll], computed again from all rows.
    public List<ServerReply<ServerReports.Digest>> verifyAll() {
        return calls.askAll(endpoint -> calls.digest(endpoint, true));
    }

    /// Has the server at `endpoint` take a snapshot.
    public ServerReports.Snapshot snapshot(Endpoint endpoint) {
        return calls.await(calls.snapshot(endpoint));
    }

    /// Writes a backup of the state that the server at `endpoint` has now, and returns how many
    /// bytes it has. It takes as long as it takes: no deadline holds for it.
    ///
    /// @param to takes the file, checksum included; whoever keeps it reads it once more
    ///     ([io.staddle.api.codec.BackupReader]) before it is relied on
    /// @throws IOException if `to` cannot be written
    public long saveBackup(Endpoint endpoint, OutputStream to, BackupProgress progress)
            throws IOException {
        calls.requireMayWait();
        return BackupDownload.run(calls.peer(endpoint), to, progress);
    }

    /// Has any other server lead.
    public ServerReports.Transfer transferLeadership() {
        return transfer(TransferLeadershipRequest.getDefaultInstance());
    }

    /// Has a named server lead.
    public ServerReports.Transfer transferLeadership(ServerId to) {
        return transfer(TransferLeadershipRequest.newBuilder().setTo(to.value()).build());
    }

    /// Has the leader follow; the others elect one. What is left when a hand-over fails.
    ///
    /// @return with an empty name: who leads next is not known yet
    public ServerReports.Transfer stepDown() {
        return transfer(TransferLeadershipRequest.newBuilder().setStepDown(true).build());
    }

    private ServerReports.Transfer transfer(TransferLeadershipRequest request) {
        return calls.await(calls.transferLeadership(request));
    }

    /// Begins to add a server that runs, or goes on with it: it is to get the log, and to listen.
    /// To be repeated until it is among the members that this returns; then [#promote].
    ///
    /// @param api where it listens for clients, as HOST:PORT
    /// @param raft where it listens for the other servers
    /// @return the members of now, or `UNSAFE_MEMBERSHIP`, `SERVER_TOO_OLD`
    public Result<List<ServerMember>> add(ServerId server, String api, String raft) {
        return change(
                ChangeMembersRequest.newBuilder()
                        .setAdd(
                                ChangeMembersRequest.AddMember.newBuilder()
                                        .setServer(server.value())
                                        .setApiAddress(api)
                                        .setRaftAddress(raft))
                        .build());
    }

    /// Has a server count that listens. Refused with `UNSAFE_MEMBERSHIP` until it has caught up.
    public Result<List<ServerMember>> promote(ServerId server) {
        return change(ChangeMembersRequest.newBuilder().setPromote(server.value()).build());
    }

    /// Takes a server out of the quorum; the leader has another one lead first. Refused with
    /// `UNSAFE_MEMBERSHIP` if too few of those that stay are heard.
    public Result<List<ServerMember>> remove(ServerId server) {
        return change(ChangeMembersRequest.newBuilder().setRemove(server.value()).build());
    }

    /// Prefers a server as the leader, by a number of 0 to 1,000: of those who have everything, the
    /// one with the highest leads.
    public Result<List<ServerMember>> setPriority(ServerId server, int priority) {
        return change(
                ChangeMembersRequest.newBuilder()
                        .setPriority(
                                ChangeMembersRequest.MemberPriority.newBuilder()
                                        .setServer(server.value())
                                        .setPriority(priority))
                        .build());
    }

    private Result<List<ServerMember>> change(ChangeMembersRequest request) {
        Origin origin = calls.options().origin();
        return calls.await(
                calls.changeMembers(
                        request.toBuilder().setOrigin(ModelCodec.encode(origin)).build()));
    }

    /// Returns the replicated configuration, linearizably.
    public Config config() {
        return calls.await(calls.config());
    }

    /// Changes settings: all or none. Refused with `INVALID_CONFIG` or `VERSION_CONFLICT`.
    ///
    /// @param changes key to value, both as an operator writes them
    /// @param seenVersion the configuration's version last seen
    public Result<Config> putConfig(Map<String, String> changes, long seenVersion) {
        return configured(new AdminCommand.PutConfig(changes, seenVersion));
    }

    /// Makes a server known with another data directory, because the one that it had is lost.
    /// Refused with `SERVER_REPLACED` unless `lost` is the one that is known.
    ///
    /// @param lost the incarnation of the data directory that must never run again
    /// @param incarnation that of the one that was formatted for it
    public Result<ServerRecord> replace(ServerId server, String lost, String incarnation) {
        return calls.await(
                calls.command(
                        new AdminCommand.ReplaceServer(server, lost, incarnation),
                        answer -> ((Answer.Admitted) answer).server()));
    }

    /// Puts newer rules in force. It never goes back.
    public Result<Config> raiseFeatureLevel(int level) {
        return configured(new AdminCommand.RaiseFeatureLevel(level));
    }

    private Result<Config> configured(AdminCommand command) {
        return calls.await(calls.command(command, answer -> ((Answer.Configured) answer).config()));
    }
}
