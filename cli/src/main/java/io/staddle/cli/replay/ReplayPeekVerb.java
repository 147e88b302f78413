package io.staddle.cli.replay;

import io.staddle.api.codec.ReplayCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.ReplayPage;
import io.staddle.api.v1.PeekReplayAnswer;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `replay peek`
@Command(
        name = "peek",
        description = {
            "Shows what a cluster has yet to make up for, in order. It stays there.",
            "Values are shown as text, or in hex, and cut; -o json has them whole, in base64."
        })
public final class ReplayPeekVerb extends Verb {
    private static final int LIMIT_MAX = 10_000;
    private static final int BYTES = 1 << 20;

    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId target = new ClusterId("unset");

    @Option(names = "--after", paramLabel = "SEQ", description = "Begin after this place.")
    private long after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The most entries, 1 to 10000. Default: 100. Not more than 1 MiB.")
    private int limit = 100;

    /// Creates it.
    public ReplayPeekVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw CliException.usage(
                    "--limit must be 1 to " + LIMIT_MAX + ", but is " + limit, "Correct it.");
        }
        ReplayPage page = session.replay().peek(target, after, limit, BYTES);
        PeekReplayAnswer.Builder answer =
                PeekReplayAnswer.newBuilder().setQueue(ReplayCodec.encode(page.queue()));
        page.entries().forEach(entry -> answer.addEntries(ReplayCodec.encode(entry)));
        session.output().table(answer.build(), () -> Queues.entries(page.entries()));
        long last = page.entries().isEmpty() ? after : page.entries().getLast().seq();
        long more = page.queue().lastSeq() - Math.max(last, page.queue().ackedSeq());
        if (page.entries().isEmpty() && more <= 0) {
            session.say("Nothing to replay for " + target + ".");
        } else if (more > 0) {
            session.say(more + " more: staddle replay peek " + target + " --after " + last);
        }
        return ExitCode.DONE;
    }
}
