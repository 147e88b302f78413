package io.staddle.api.codec;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Compensation;

/// Codec of what undoes the effects of migrations.
final class CompensationCodec {
    private CompensationCodec() {}

    static io.staddle.api.v1.Compensation encode(Compensation compensation) {
        var encoded = io.staddle.api.v1.Compensation.newBuilder();
        switch (compensation) {
            case Compensation.RemoveLearner(var group, var node) ->
                    encoded.setKind(io.staddle.api.v1.Compensation.Kind.KIND_REMOVE_LEARNER)
                            .setGroup(group.value())
                            .setNode(node.value());
            case Compensation.RemoveVoter(var group, var node) ->
                    encoded.setKind(io.staddle.api.v1.Compensation.Kind.KIND_REMOVE_VOTER)
                            .setGroup(group.value())
                            .setNode(node.value());
            case Compensation.DemoteToLearner(var group, var node) ->
                    encoded.setKind(io.staddle.api.v1.Compensation.Kind.KIND_DEMOTE_TO_LEARNER)
                            .setGroup(group.value())
                            .setNode(node.value());
            case Compensation.RestoreLeader(var group, var leader) ->
                    encoded.setKind(io.staddle.api.v1.Compensation.Kind.KIND_RESTORE_LEADER)
                            .setGroup(group.value())
                            .setNode(RoutingCodec.name(leader));
            case Compensation.ResumeWrites(var vShard) ->
                    encoded.setKind(io.staddle.api.v1.Compensation.Kind.KIND_RESUME_WRITES)
                            .setVShard(vShard.value());
        }
        return encoded.build();
    }

    static Compensation decode(io.staddle.api.v1.Compensation from) {
        return switch (from.getKind()) {
            case KIND_REMOVE_LEARNER -> new Compensation.RemoveLearner(group(from), node(from));
            case KIND_REMOVE_VOTER -> new Compensation.RemoveVoter(group(from), node(from));
            case KIND_DEMOTE_TO_LEARNER ->
                    new Compensation.DemoteToLearner(group(from), node(from));
            case KIND_RESTORE_LEADER ->
                    new Compensation.RestoreLeader(
                            group(from), RoutingCodec.optionalNode(from.getNode()));
            case KIND_RESUME_WRITES ->
                    new Compensation.ResumeWrites(new VShardId(from.getVShard()));
            case KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw Malformed.of("compensation", "a known one", "none or a newer one");
        };
    }

    private static GroupId group(io.staddle.api.v1.Compensation from) {
        return new GroupId(from.getGroup());
    }

    private static NodeId node(io.staddle.api.v1.Compensation from) {
        return new NodeId(from.getNode());
    }
}
