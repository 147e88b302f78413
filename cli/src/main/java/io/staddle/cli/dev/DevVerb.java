package io.staddle.cli.dev;

import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/// `dev`
@Command(
        name = "dev",
        description = {
            "Runs three servers on this machine, to try things out, until Ctrl-C.",
            "",
            "Server N, 1 to 3, is called sN and keeps its data, log, pid and server.yaml in",
            ".staddle/server-N. A second start finds the data again. A server that dies is not",
            "restarted: staddle dev --only N brings it back."
        })
public final class DevVerb extends Verb {
    @Option(names = "--only", paramLabel = "N", description = "Start server N alone.")
    private Optional<Integer> only = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the servers keep their files. Default: .staddle")
    private Path data = Path.of(".staddle");

    @Option(
            names = "--base-port",
            paramLabel = "P",
            description = "API on P, P+1, P+2, Raft on P+100, P+101, P+102. Default: 7400")
    private int basePort = DevLayout.DEFAULT_BASE_PORT;

    /// Creates it.
    public DevVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException, InterruptedException {
        DevLayout layout = new DevLayout(data, basePort);
        OptionalInt number = only.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        DevPlan plan = DevPlan.of(layout, number, DevVerb::isFormatted);
        DevRun run = new DevRun(session, layout, ServerCommand.of(session.shell()));
        Thread onSignal = Thread.ofPlatform().unstarted(run::stop);
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            session.say(plan.format() ? "Formatting and starting ..." : "Starting ...");
            run.start(plan);
            run.awaitReady();
            run.awaitEnd();
            if (run.isStopping()) {
                return ExitCode.DONE;
            }
        } finally {
            run.stop();
        }
        throw CliException.unavailable(
                "all servers have ended", "See " + layout.directory() + "/server-N/log");
    }

    private static boolean isFormatted(DevServer server) {
        return Files.isDirectory(server.data());
    }
}
