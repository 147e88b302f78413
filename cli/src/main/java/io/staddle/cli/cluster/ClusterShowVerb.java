package io.staddle.cli.cluster;

import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Moment;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `cluster show`
@Command(
        name = "show",
        description = {
            "Shows all that is known of a cluster: its health, role, fence and profile.",
            "Also how far its failover has got, how long that is still to go, and what holds it",
            "back."
        })
public final class ClusterShowVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId cluster = new ClusterId("unset");

    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public ClusterShowVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present, fence -> new Moment.AtFence(cluster, new Fence(fence)));
        ClusterSummary found = Clusters.find(session.clusters(), cluster);
        session.output()
                .show(
                        ClusterCodec.encode(found),
                        () -> Clusters.details(found, System.currentTimeMillis()));
        return ExitCode.DONE;
    }
}
