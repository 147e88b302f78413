package io.staddle.api.codec;

import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.DecommissionNode;
import io.staddle.api.v1.RecordNodeBeats;
import io.staddle.api.v1.RegisterNode;
import io.staddle.api.v1.RemoveNode;
import io.staddle.api.v1.SetNodeState;

/// Codec of the commands about data nodes.
final class NodeCommandCodec {
    private NodeCommandCodec() {}

    static void encode(NodeCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case NodeCommand.RegisterNode c ->
                    to.setRegisterNode(
                            RegisterNode.newBuilder()
                                    .setNode(c.node().value())
                                    .setHost(c.address().host())
                                    .setPort(c.address().port())
                                    .setIncarnation(c.incarnation())
                                    .setOrigin(by));
            case NodeCommand.SetNodeState c ->
                    to.setSetNodeState(
                            SetNodeState.newBuilder()
                                    .setNode(c.node().value())
                                    .setState(NodeCodec.encode(c.state()))
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case NodeCommand.DecommissionNode c ->
                    to.setDecommissionNode(
                            DecommissionNode.newBuilder()
                                    .setNode(c.node().value())
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case NodeCommand.RemoveNode c ->
                    to.setRemoveNode(
                            RemoveNode.newBuilder().setNode(c.node().value()).setOrigin(by));
            case NodeCommand.RecordNodeBeats c ->
                    to.setRecordNodeBeats(
                            RecordNodeBeats.newBuilder()
                                    .addAllBeats(c.beats().stream().map(NodeCodec::encode).toList())
                                    .setOrigin(by));
        }
    }

    static Proposal decode(RegisterNode c) {
        return new Proposal(
                new NodeCommand.RegisterNode(
                        new NodeId(c.getNode()),
                        new NodeAddress(c.getHost(), c.getPort()),
                        c.getIncarnation()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(SetNodeState c) {
        return new Proposal(
                new NodeCommand.SetNodeState(
                        new NodeId(c.getNode()),
                        NodeCodec.decode(c.getState()),
                        c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(DecommissionNode c) {
        return new Proposal(
                new NodeCommand.DecommissionNode(new NodeId(c.getNode()), c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(RemoveNode c) {
        return new Proposal(
                new NodeCommand.RemoveNode(new NodeId(c.getNode())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(RecordNodeBeats c) {
        return new Proposal(
                new NodeCommand.RecordNodeBeats(
                        c.getBeatsList().stream().map(NodeCodec::decode).toList()),
                ModelCodec.decode(c.getOrigin()));
    }
}
