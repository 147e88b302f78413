package io.staddle.cli.routing;

import io.staddle.api.codec.RoutingCodec;
import io.staddle.api.id.Epoch;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Moment;
import io.staddle.api.v1.RouteKeyAnswer;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `routing locate`
@Command(
        name = "locate",
        description = {
            "Shows who serves a key. It belongs to the vShard CRC-32C(key) modulo their number."
        })
public final class RoutingLocateVerb extends Verb {
    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public RoutingLocateVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session =
                asOf.in(
                        present,
                        epoch -> new Moment.AtVShardEpoch(vShard(present).id(), new Epoch(epoch)));
        VShardRecord vShard = vShard(session);
        session.output()
                .show(
                        RouteKeyAnswer.newBuilder().setVShard(RoutingCodec.encode(vShard)).build(),
                        () -> Routes.served(vShard));
        return ExitCode.DONE;
    }

    private VShardRecord vShard(Session session) {
        return session.routing()
                .route(key)
                .orElseThrow(() ->
                        CliException.refused(
                                "there is no routing yet", "To make it: staddle routing init"));
    }
}
