package io.staddle.cli.cluster;

import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.BeatReply;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.OptionalLong;

/// `cluster beat`
@Command(
        name = "beat",
        description = {
            "Gives one sign of life of a cluster that has no agent to do so.",
            "It also says that the cluster obeys its fence: that its members have let go of all",
            "that they owned before."
        })
public final class ClusterBeatVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId cluster = new ClusterId("unset");

    /// Creates it.
    public ClusterBeatVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterRecord seen = Clusters.find(session.clusters(), cluster).cluster();
        BeatReply reply =
                session.clusters()
                        .beat(
                                cluster,
                                seen.vitals().incarnation(),
                                seen.fence(),
                                OptionalLong.empty());
        return switch (reply) {
            case BeatReply.Refused(var why) -> session.refused(why);
            case BeatReply.Taken(var record, _, _, _) -> {
                session.output()
                        .show(
                                ClusterCodec.encode(record),
                                () ->
                                        "cluster %s is %s"
                                                .formatted(cluster, Clusters.word(record.state())));
                yield ExitCode.DONE;
            }
        };
    }
}
