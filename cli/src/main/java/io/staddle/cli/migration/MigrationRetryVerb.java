package io.staddle.cli.migration;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;
import java.util.UUID;

/// `migration retry`
@Command(
        name = "retry",
        description = {
            "Begins an aborted migration anew, with the target as it is now.",
            "Refused before the data plane has fenced the old attempt."
        })
public final class MigrationRetryVerb extends Verb {
    @Parameters(paramLabel = "ID", description = "The migration that was aborted.")
    private MigrationId id = new MigrationId("unset");

    @Option(
            names = "--as",
            paramLabel = "ID",
            description = "What to call the new attempt. Default: a random UUID")
    private Optional<MigrationId> newId = Optional.empty();

    /// Creates it.
    public MigrationRetryVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        VShardId vShard = session.migrations().show(id).migration().header().vShard();
        Epoch epoch =
                session.routing().all().vShards().stream()
                        .filter(each -> each.id().equals(vShard))
                        .map(VShardRecord::epoch)
                        .findFirst()
                        .orElse(Epoch.NONE);
        MigrationId next = newId.orElseGet(() -> new MigrationId(UUID.randomUUID().toString()));
        Result<MigrationRecord> result = session.migrations().retry(id, next, epoch);
        return session.conclude(
                result,
                Answer.Migration::new,
                done ->
                        "migration %s is attempt %s of vShard %s (revision %s)"
                                .formatted(
                                        next,
                                        done.value().header().attempt(),
                                        vShard,
                                        done.revision()));
    }
}
