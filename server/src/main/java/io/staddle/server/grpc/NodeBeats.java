package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.GhostCodec;
import io.staddle.api.codec.NodeCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.command.NodeCommand.RecordNodeBeats;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.BeatNodeAnswer;
import io.staddle.api.v1.BeatNodeRequest;
import io.staddle.server.liveness.GhostEvidence;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.query.RoutingQueries;
import io.staddle.storage.View;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Takes the beats of data nodes. Only now and then one is logged, by the leader and for its term:
/// often enough that nobody who beats is taken for silent.
final class NodeBeats {
    private static final Origin ORIGIN = new Origin("staddle/node-beats", "", "");

    /// How many times within the silence that is allowed a beat is logged.
    private static final int NOTES = 4;

    private final Quorum quorum;
    private final Commands commands;
    private final InstantSource clock;
    private final GhostEvidence ghosts;

    NodeBeats(Quorum quorum, Commands commands, InstantSource clock, GhostEvidence ghosts) {
        this.ghosts = ghosts;
        this.quorum = quorum;
        this.commands = commands;
        this.clock = clock;
    }

    void take(BeatNodeRequest request, StreamObserver<BeatNodeAnswer> observer) {
        Caller caller = Caller.current(commands.limits());
        Reply<BeatNodeAnswer> reply = new Reply<>(observer, caller.eventLoop());
        OptionalLong leads = quorum.leadingTerm();
        try (View view = quorum.view()) {
            NodeBeat beat =
                    new NodeBeat(
                            new NodeId(request.getNode()),
                            request.getIncarnation(),
                            clock.millis());
            leads.ifPresent(led -> heard(led, beat, request, view));
            if (leads.isEmpty() || isNews(beat, view)) {
                // Who does not lead says so as for any command.
                commands.submit(
                        new NewsCall(
                                new Proposal(
                                        new RecordNodeBeats(List.of(beat)),
                                        ORIGIN,
                                        leads.orElse(0)),
                                caller.deadlineNanos(),
                                reply,
                                () -> reply.sendLater(() -> answer(beat))));
            } else {
                reply.send(answer(beat, view));
            }
        } catch (MalformedException e) {
            reply.malformed(e);
        }
    }

    private void heard(long led, NodeBeat beat, BeatNodeRequest request, View view) {
        List<GhostVerdict> said = request.getGhostsList().stream().map(GhostCodec::decode).toList();
        new RoutingQueries(view)
                .node(beat.node())
                .filter(node -> node.incarnation() == beat.incarnation())
                .ifPresent(node -> ghosts.heard(led, node, said));
    }

    private static boolean isNews(NodeBeat beat, View view) {
        long every = new Queries(view).config().get(Setting.NODE_SUSPECT_AFTER_MILLIS) / NOTES;
        return new RoutingQueries(view)
                .node(beat.node())
                .filter(node -> node.incarnation() == beat.incarnation())
                .filter(node -> beat.seenAtMillis() - node.seenMillis() >= every)
                .isPresent();
    }

    private BeatNodeAnswer answer(NodeBeat beat) {
        try (View view = quorum.view()) {
            return answer(beat, view);
        }
    }

    private static BeatNodeAnswer answer(NodeBeat beat, View view) {
        Optional<NodeRecord> node = new RoutingQueries(view).node(beat.node());
        if (node.isEmpty()) {
            return refused(new Refusal.NotFound("node", beat.node().value()));
        }
        if (node.get().incarnation() != beat.incarnation()) {
            return refused(
                    new Refusal.StaleIncarnation(
                            beat.node(), beat.incarnation(), node.get().incarnation()));
        }
        return BeatNodeAnswer.newBuilder()
                .setNode(NodeCodec.encode(node.get()))
                .setSuspectAfterMillis(
                        new Queries(view).config().get(Setting.NODE_SUSPECT_AFTER_MILLIS))
                .build();
    }

    private static BeatNodeAnswer refused(Refusal why) {
        return BeatNodeAnswer.newBuilder().setRefusal(RefusalCodec.encode(why)).build();
    }
}
