package io.staddle.cli.barrier;

import io.staddle.api.codec.BarrierCodec;
import io.staddle.api.codec.ScopeCodec;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.query.ScopeState;
import io.staddle.api.v1.ListBarriersAnswer;
import io.staddle.api.v1.ListScopesAnswer;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `barrier list`
@Command(
        name = "list",
        description = "Shows the scopes and who coordinates them, or the barriers of one scope.")
public final class BarrierListVerb extends Verb {
    private static final int LIMIT_MAX = 1_000;

    @Parameters(
            paramLabel = "SCOPE",
            arity = "0..1",
            description = "The scope whose barriers to show, the newest first.")
    private List<ScopeId> scope = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many barriers, 1 to 1000. Default: 20")
    private int limit = 20;

    /// Creates it.
    public BarrierListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw CliException.usage("--limit must be 1 to " + LIMIT_MAX, "Ask for fewer.");
        }
        return scope.isEmpty() ? scopes(session) : barriers(session, scope.getFirst());
    }

    private static ExitCode scopes(Session session) {
        List<ScopeState> scopes = session.barriers().scopes();
        ListScopesAnswer.Builder answer = ListScopesAnswer.newBuilder();
        scopes.forEach(each -> answer.addScopes(ScopeCodec.encode(each)));
        session.output().table(answer.build(), () -> Barriers.scopes(scopes));
        if (scopes.isEmpty()) {
            session.say("There are no scopes. To create one: staddle barrier configure SCOPE");
        }
        return ExitCode.DONE;
    }

    private ExitCode barriers(Session session, ScopeId id) {
        List<BarrierRecord> barriers = session.barriers().list(id, 0, limit);
        ListBarriersAnswer.Builder answer = ListBarriersAnswer.newBuilder();
        barriers.forEach(each -> answer.addBarriers(BarrierCodec.encodeWithStatus(each)));
        session.output().table(answer.build(), () -> Barriers.barriers(barriers));
        if (barriers.isEmpty()) {
            session.say("Scope " + id + " has no barriers.");
        }
        return ExitCode.DONE;
    }
}
