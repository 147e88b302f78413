package io.staddle.api.codec;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Reach;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.v1.AppendedReplay;
import io.staddle.api.v1.Automation;
import io.staddle.api.v1.Noted;
import io.staddle.api.v1.Released;
import io.staddle.api.v1.Removed;
import io.staddle.api.v1.SettledReplay;

import java.util.Optional;

/// Codec of the answers to commands.
public final class OutcomeCodec {
    private OutcomeCodec() {}

    /// Encodes an outcome.
    public static io.staddle.api.v1.Outcome encode(Outcome outcome) {
        io.staddle.api.v1.Outcome.Builder to =
                io.staddle.api.v1.Outcome.newBuilder()
                        .setRevision(ModelCodec.encode(outcome.revision()));
        switch (outcome) {
            case Outcome.Done(var revision, var answer) -> encode(answer, to);
            case Outcome.Refused(var revision, var why) -> to.setRefusal(RefusalCodec.encode(why));
        }
        return to.build();
    }

    /// Decodes an outcome.
    ///
    /// @throws io.staddle.api.id.MalformedException if it is of a newer version
    public static Outcome decode(io.staddle.api.v1.Outcome from) {
        Revision revision = ModelCodec.decode(from.getRevision());
        return from.hasRefusal()
                ? new Outcome.Refused(revision, RefusalCodec.decode(from.getRefusal()))
                : new Outcome.Done(revision, answer(from));
    }

    private static void encode(Answer answer, io.staddle.api.v1.Outcome.Builder to) {
        switch (answer) {
            case Answer.Grant grant -> to.setGrant(ModelCodec.encode(grant));
            case Answer.Released(var grain, var epoch) ->
                    to.setReleased(
                            Released.newBuilder()
                                    .setGrain(ModelCodec.encode(grain))
                                    .setEpoch(epoch.value()));
            case Answer.Floor floor -> to.setFloor(ModelCodec.encode(floor));
            case Answer.Cluster(var cluster) -> to.setCluster(ClusterCodec.encode(cluster));
            case Answer.Placed(var placement) -> to.setPlacement(ModelCodec.encode(placement));
            case Answer.Moved(var move) -> to.setMove(MoveCodec.encode(move));
            case Answer.Configured(var config) -> to.setConfig(ModelCodec.encode(config));
            case Answer.Removed(var what, var count) ->
                    to.setRemoved(Removed.newBuilder().setWhat(what).setCount(count));
            case Answer.Appended(var target, var fates) ->
                    to.setAppendedReplay(
                            AppendedReplay.newBuilder()
                                    .setTarget(target.value())
                                    .addAllFates(fates.stream().map(ReplayCodec::encode).toList()));
            case Answer.Queue(var queue) -> to.setReplayQueue(ReplayCodec.encode(queue));
            case Answer.Settled(var target, var origin) ->
                    to.setSettledReplay(
                            SettledReplay.newBuilder()
                                    .setTarget(target.value())
                                    .setOrigin(ReplayCodec.encode(origin)));
            case Answer.Primary(var primacy) -> to.setPrimacy(HealthCodec.encode(primacy));
            case Answer.Automation(var reach, var pause) -> to.setAutomation(encode(reach, pause));
            case Answer.Node(var node) -> to.setNode(NodeCodec.encode(node));
            case Answer.Routing(var layout) -> to.setRouting(RoutingCodec.encode(layout));
            case Answer.Group(var group) -> to.setGroup(RoutingCodec.encode(group));
            case Answer.VShard(var vShard) -> to.setVShard(RoutingCodec.encode(vShard));
            case Answer.Migration(var migration) ->
                    to.setMigration(MigrationCodec.encode(migration));
            case Answer.Migrations(var migrations) ->
                    to.getMigrationsBuilder()
                            .addAllMigrations(
                                    migrations.stream().map(MigrationCodec::encode).toList());
            case Answer.GhostStub(var ghost) -> to.setGhost(GhostCodec.encode(ghost));
            case Answer.Scope(var scope) -> to.setBarrierScope(ScopeCodec.encode(scope));
            case Answer.Coordination coordination ->
                    to.setCoordination(ScopeCodec.encode(coordination));
            case Answer.Barrier(var barrier) ->
                    to.setBarrier(BarrierCodec.encodeWithStatus(barrier));
            case Answer.Access(var identity) -> to.setIdentity(AccessCodec.encode(identity));
            case Answer.Noted noted -> to.setNoted(Noted.getDefaultInstance());
            case Answer.Admitted(var server) ->
                    to.setServer(
                            io.staddle.api.v1.ServerRecord.newBuilder()
                                    .setServer(server.id().value())
                                    .setIncarnation(server.incarnation()));
        }
    }

    private static Answer answer(io.staddle.api.v1.Outcome from) {
        return switch (from.getResultCase()) {
            case GRANT -> ModelCodec.decode(from.getGrant());
            case RELEASED ->
                    new Answer.Released(
                            ModelCodec.decode(from.getReleased().getGrain()),
                            new Epoch(from.getReleased().getEpoch()));
            case FLOOR -> ModelCodec.decode(from.getFloor());
            case CLUSTER -> new Answer.Cluster(ClusterCodec.decode(from.getCluster()));
            case PLACEMENT -> new Answer.Placed(ModelCodec.decode(from.getPlacement()));
            case MOVE -> new Answer.Moved(MoveCodec.decode(from.getMove()));
            case CONFIG -> new Answer.Configured(ModelCodec.decode(from.getConfig()));
            case REMOVED ->
                    new Answer.Removed(from.getRemoved().getWhat(), from.getRemoved().getCount());
            case APPENDED_REPLAY -> appended(from.getAppendedReplay());
            case REPLAY_QUEUE -> new Answer.Queue(ReplayCodec.decode(from.getReplayQueue()));
            case SETTLED_REPLAY ->
                    new Answer.Settled(
                            new ClusterId(from.getSettledReplay().getTarget()),
                            ReplayCodec.decode(from.getSettledReplay().getOrigin()));
            case PRIMACY -> new Answer.Primary(HealthCodec.decode(from.getPrimacy()));
            case AUTOMATION -> decode(from.getAutomation());
            case NODE -> new Answer.Node(NodeCodec.decode(from.getNode()));
            case ROUTING -> new Answer.Routing(RoutingCodec.decode(from.getRouting()));
            case GROUP -> new Answer.Group(RoutingCodec.decode(from.getGroup()));
            case V_SHARD -> new Answer.VShard(RoutingCodec.decode(from.getVShard()));
            case MIGRATION -> new Answer.Migration(MigrationCodec.decode(from.getMigration()));
            case MIGRATIONS ->
                    new Answer.Migrations(
                            from.getMigrations().getMigrationsList().stream()
                                    .map(MigrationCodec::decode)
                                    .toList());
            case GHOST -> new Answer.GhostStub(GhostCodec.decode(from.getGhost()));
            case BARRIER_SCOPE -> new Answer.Scope(ScopeCodec.decode(from.getBarrierScope()));
            case COORDINATION -> ScopeCodec.decode(from.getCoordination());
            case BARRIER -> new Answer.Barrier(BarrierCodec.decode(from.getBarrier()));
            case IDENTITY -> new Answer.Access(AccessCodec.decode(from.getIdentity()));
            case NOTED -> new Answer.Noted();
            case SERVER ->
                    new Answer.Admitted(
                            new ServerRecord(
                                    new ServerId(from.getServer().getServer()),
                                    from.getServer().getIncarnation()));
            case REFUSAL, RESULT_NOT_SET ->
                    throw Malformed.of("outcome", "an answer this version knows", "none");
        };
    }

    private static Answer appended(AppendedReplay appended) {
        return new Answer.Appended(
                new ClusterId(appended.getTarget()),
                appended.getFatesList().stream().map(ReplayCodec::decode).toList());
    }

    private static Automation encode(Reach reach, Optional<Pause> pause) {
        Automation.Builder encoded = Automation.newBuilder().setCluster(HealthCodec.encode(reach));
        pause.ifPresent(set -> encoded.setPause(HealthCodec.encode(set)));
        return encoded.build();
    }

    private static Answer.Automation decode(Automation automation) {
        return new Answer.Automation(
                HealthCodec.reach(automation.getCluster()),
                automation.hasPause()
                        ? Optional.of(HealthCodec.decode(automation.getPause()))
                        : Optional.empty());
    }
}
