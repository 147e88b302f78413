package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Primacy;
import io.staddle.api.query.Consistency;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `cluster transfer-primary`
@Command(
        name = "transfer-primary",
        description = {
            "Makes a cluster the primary, while it and the primary of now are healthy.",
            "No grain moves."
        })
public final class ClusterTransferPrimaryVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "Who is to be the primary.")
    private ClusterId to = new ClusterId("unset");

    @Option(
            names = "--from",
            paramLabel = "CLUSTER",
            description = "Only if this one is the primary; else from whoever is.")
    private Optional<ClusterId> from = Optional.empty();

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ClusterTransferPrimaryVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Primacy seen = session.clusters().overview(Consistency.LINEARIZABLE).value().primacy();
        ClusterId holder =
                from.or(seen::primary)
                        .orElseThrow(() ->
                                CliException.refused(
                                        "no cluster is the primary",
                                        "The first eligible cluster that is healthy becomes it."));
        confirmation.seek(
                session.shell(),
                "This makes %s the primary instead of %s".formatted(to, holder),
                to.value());
        return session.conclude(
                session.clusters().transferPrimary(holder, to, seen.epoch()),
                Answer.Primary::new,
                done ->
                        "cluster %s is the primary since epoch %d (revision %s)"
                                .formatted(to, done.value().epoch(), done.revision()));
    }
}
