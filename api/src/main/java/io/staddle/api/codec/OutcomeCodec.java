package io.staddle.api.codec;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.ServerRecord;
import io.staddle.api.v1.Released;
import io.staddle.api.v1.Removed;

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
            case Answer.Cluster(var cluster) -> to.setCluster(ModelCodec.encode(cluster, 0));
            case Answer.Placed(var placement) -> to.setPlacement(ModelCodec.encode(placement));
            case Answer.Moved(var move) -> to.setMove(MoveCodec.encode(move));
            case Answer.Configured(var config) -> to.setConfig(ModelCodec.encode(config));
            case Answer.Removed(var what, var count) ->
                    to.setRemoved(Removed.newBuilder().setWhat(what).setCount(count));
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
            case CLUSTER -> new Answer.Cluster(ModelCodec.decode(from.getCluster()));
            case PLACEMENT -> new Answer.Placed(ModelCodec.decode(from.getPlacement()));
            case MOVE -> new Answer.Moved(MoveCodec.decode(from.getMove()));
            case CONFIG -> new Answer.Configured(ModelCodec.decode(from.getConfig()));
            case REMOVED ->
                    new Answer.Removed(from.getRemoved().getWhat(), from.getRemoved().getCount());
            case SERVER ->
                    new Answer.Admitted(
                            new ServerRecord(
                                    new ServerId(from.getServer().getServer()),
                                    from.getServer().getIncarnation()));
            case REFUSAL, RESULT_NOT_SET ->
                    throw Malformed.of("outcome", "an answer this version knows", "none");
        };
    }
}
