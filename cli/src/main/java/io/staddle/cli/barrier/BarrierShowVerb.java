package io.staddle.cli.barrier;

import io.staddle.api.codec.BarrierCodec;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.query.BarrierDetails;
import io.staddle.api.v1.GetBarrierAnswer;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `barrier show`
@Command(
        name = "show",
        description =
                "Shows a barrier: its status, what each participant said, and who is missing.")
public final class BarrierShowVerb extends Verb {
    @Parameters(
            paramLabel = "SCOPE[/EPOCH]",
            description = "The barrier; without an epoch the newest of the scope.")
    private String what = "";

    /// Creates it.
    public BarrierShowVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        BarrierId id = what.contains("/") ? Spots.barrier(what) : newest(session);
        BarrierDetails details = session.barriers().barrier(id).value();
        GetBarrierAnswer.Builder answer =
                GetBarrierAnswer.newBuilder()
                        .setBarrier(BarrierCodec.encodeWithStatus(details.barrier()));
        details.participants().forEach(each -> answer.addParticipants(BarrierCodec.encode(each)));
        session.output().show(answer.build(), () -> Barriers.details(details));
        return ExitCode.DONE;
    }

    private BarrierId newest(Session session) {
        ScopeId scope = Spots.scope(what);
        return session.barriers().list(scope, 0, 1).stream()
                .findFirst()
                .orElseThrow(() ->
                        CliException.usage(
                                "scope " + scope + " has no barriers",
                                "To begin one: staddle barrier begin " + scope))
                .id();
    }
}
