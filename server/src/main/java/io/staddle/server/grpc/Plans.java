package io.staddle.server.grpc;

import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.PlanCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.Revision;
import io.staddle.api.query.Consistency;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.PlanMoveAnswer;
import io.staddle.api.v1.PlanMoveRequest;
import io.staddle.statemachine.clusters.MovePlans;
import io.staddle.statemachine.clusters.MovePlans.Planned;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.View;

import java.time.InstantSource;

/// What a move would do now: the rules plan on a view, and nothing is proposed.
final class Plans {
    private static final String NAMELESS = "plan";

    private Plans() {}

    /// @param clock what deadlines are counted from
    static Reads.Request<PlanMoveAnswer> request(PlanMoveRequest request, InstantSource clock) {
        Command command = command(request);
        return new Reads.Request<>(
                Consistency.LINEARIZABLE,
                1,
                (view, header) -> plan(command, view, clock).setHeader(header).build());
    }

    private static Command command(PlanMoveRequest request) {
        Command.Builder command = Command.newBuilder();
        return switch (request.getCommandCase()) {
            case FAIL_OVER ->
                    command.setFailOver(
                                    request.getFailOver().toBuilder()
                                            .setMoveId(named(request.getFailOver().getMoveId())))
                            .build();
            case FAIL_BACK ->
                    command.setFailBack(
                                    request.getFailBack().toBuilder()
                                            .setMoveId(named(request.getFailBack().getMoveId())))
                            .build();
            case EVACUATE ->
                    command.setEvacuate(
                                    request.getEvacuate().toBuilder()
                                            .setMoveId(named(request.getEvacuate().getMoveId())))
                            .build();
            case DEMOTE_AND_PROMOTE ->
                    command.setDemoteAndPromote(
                                    request.getDemoteAndPromote().toBuilder()
                                            .setMoveId(
                                                    named(
                                                            request.getDemoteAndPromote()
                                                                    .getMoveId())))
                            .build();
            case COMMAND_NOT_SET ->
                    throw new MalformedException(
                            new Expectation("command", "a move this server knows", "none"));
        };
    }

    private static String named(String id) {
        return id.isEmpty() ? NAMELESS : id;
    }

    private static PlanMoveAnswer.Builder plan(Command command, View view, InstantSource clock) {
        try {
            OfHoldings move = (OfHoldings) CommandCodec.decode(command).command();
            Revision seen = new Revision(Math.max(0, view.applied().index()), 0);
            return switch (MovePlans.plan(move, view, new Tick(seen, clock.millis()))) {
                case Planned.Made(var plan) ->
                        PlanMoveAnswer.newBuilder().setPlan(PlanCodec.encode(plan));
                case Planned.Refused(var why) -> refused(why);
            };
        } catch (MalformedException e) {
            return Commands.refused(e) instanceof Outcome.Refused(_, Refusal why)
                    ? refused(why)
                    : PlanMoveAnswer.newBuilder();
        }
    }

    private static PlanMoveAnswer.Builder refused(Refusal why) {
        return PlanMoveAnswer.newBuilder().setRefusal(RefusalCodec.encode(why));
    }
}
