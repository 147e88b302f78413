package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Config;
import io.staddle.api.model.ServerRecord;

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
        return calls.await(calls.transferLeadership(""));
    }

    /// Has a named server lead.
    public ServerReports.Transfer transferLeadership(ServerId to) {
        return calls.await(calls.transferLeadership(to.value()));
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
