package io.staddle.server.grpc;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.MoveCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.Revision;
import io.staddle.api.query.Consistency;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.PreviewMoveAnswer;
import io.staddle.api.v1.PreviewMoveRequest;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.machine.Rules;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

/// What a move would do now: the rules decide on a view, and nothing is proposed.
final class Previews {
    private Previews() {}

    static Reads.Request<PreviewMoveAnswer> request(PreviewMoveRequest request) {
        Command command = command(request);
        return new Reads.Request<>(
                Consistency.LINEARIZABLE,
                1,
                (view, header) -> preview(command, view).setHeader(header).build());
    }

    private static Command command(PreviewMoveRequest request) {
        Command.Builder command = Command.newBuilder();
        return switch (request.getCommandCase()) {
            case FAIL_OVER -> command.setFailOver(request.getFailOver()).build();
            case FAIL_BACK -> command.setFailBack(request.getFailBack()).build();
            case EVACUATE -> command.setEvacuate(request.getEvacuate()).build();
            case COMMAND_NOT_SET ->
                    throw new MalformedException(
                            new Expectation("command", "a move this server knows", "none"));
        };
    }

    private static PreviewMoveAnswer.Builder preview(Command command, View view) {
        try {
            Proposal proposal = CommandCodec.decode(command);
            Tick now =
                    new Tick(
                            new Revision(Math.max(0, view.applied().index()), 0),
                            new Queries(view).logicalNowMillis());
            return answer(Rules.decide(proposal.command(), view, now));
        } catch (MalformedException e) {
            return Commands.refused(e) instanceof Outcome.Refused(_, Refusal why)
                    ? refused(why)
                    : PreviewMoveAnswer.newBuilder();
        }
    }

    private static PreviewMoveAnswer.Builder answer(Decision decision) {
        return switch (decision) {
            case Decision.Refuse(var why) -> refused(why);
            case Decision.Accept(_, Answer.Moved(var move)) ->
                    PreviewMoveAnswer.newBuilder().setMove(MoveCodec.encode(move));
            case Decision.Accept(_, Answer other) ->
                    throw new IllegalStateException("a move was answered with " + other);
        };
    }

    private static PreviewMoveAnswer.Builder refused(Refusal why) {
        return PreviewMoveAnswer.newBuilder().setRefusal(RefusalCodec.encode(why));
    }
}
