package io.staddle.cli.backup;

import io.staddle.api.codec.BackupWriter;
import io.staddle.api.v1.BackupHeader;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.cli.transfer.ProgressBar;
import io.staddle.client.Endpoint;
import io.staddle.client.ServerAdmin;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerReply;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `backup save`
@Command(
        name = "save",
        description = {
            "Writes all that the servers keep, as of one moment, to a file with a checksum.",
            "",
            "It comes from a server that follows, unless --server names one. Commits go on",
            "meanwhile. FILE gets its name when all of it is on the disk and was read again."
        })
public final class BackupSaveVerb extends Verb {
    @Parameters(paramLabel = "FILE", description = "The file; there must be none yet.")
    private Path file = Path.of("");

    @Option(
            names = "--server",
            paramLabel = "SERVER",
            description = "From which: its name or its HOST:PORT.")
    private String server = "";

    /// Creates it.
    public BackupSaveVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        if (Files.exists(file)) {
            throw CliException.refused(
                    file + " is there already", "Give another name, or move it away.");
        }
        long start = System.nanoTime();
        BackupHeader header =
                BackupWriter.write(
                        file,
                        to -> download(session, to),
                        written -> Checking.verify(session, written));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        session.output().show(header, () -> Checking.describe(file, header));
        session.say("saved in " + Figures.duration(took));
        return ExitCode.DONE;
    }

    private void download(Session session, OutputStream to) throws IOException {
        ServerAdmin servers = session.servers();
        Endpoint from = source(servers);
        Progress progress = new Progress(session);
        try {
            servers.saveBackup(from, to, progress::at);
        } finally {
            progress.end();
        }
    }

    /// A leader has enough to do.
    private Endpoint source(ServerAdmin servers) {
        List<ServerReply.Answered<ServerDescription>> ready =
                servers.describeAll().stream()
                        .flatMap(reply ->
                                reply instanceof ServerReply.Answered<ServerDescription> answered
                                                && isMeant(answered)
                                        ? Stream.of(answered)
                                        : Stream.empty())
                        .sorted(Comparator.comparing(answered -> answered.value().leads()))
                        .toList();
        if (ready.isEmpty()) {
            throw CliException.unavailable(
                    server.isEmpty()
                            ? "no server answers that is ready"
                            : "no server that answers is called " + server,
                    "See who is up: staddle server list. If the quorum is lost: staddle backup"
                            + " salvage --help");
        }
        return ready.getFirst().endpoint();
    }

    private boolean isMeant(ServerReply.Answered<ServerDescription> answered) {
        return server.isEmpty()
                ? answered.value().ready()
                : server.equals(answered.value().server())
                        || server.equals(answered.endpoint().toString());
    }

    /// The bar, which is made when the length is known.
    private static final class Progress {
        private final Session session;
        private Optional<ProgressBar> bar = Optional.empty();

        Progress(Session session) {
            this.session = session;
        }

        void at(long bytes, long fileBytes) {
            if (bar.isEmpty()) {
                bar = Optional.of(ProgressBar.ofBytes(session.shell(), fileBytes));
            }
            bar.get().at(bytes);
        }

        void end() {
            bar.ifPresent(ProgressBar::end);
        }
    }
}
