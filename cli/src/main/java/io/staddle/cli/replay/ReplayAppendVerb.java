package io.staddle.cli.replay;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ReplayDraft;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `replay append`
@Command(
        name = "append",
        description = {
            "Puts writes into the queue of a cluster that has missed them.",
            "",
            "One write, by --key and --value, or many, from a file of NDJSON:",
            "  {\"key\":\"cart/42\",\"value\":\"a text\",\"seq\":17}",
            "with base64 instead of value for bytes. A write with a number (seq) is appended once,",
            "however often it is sent. Without one it gets the next number; then no other producer",
            "of that origin may be at work: it would find itself superseded."
        })
public final class ReplayAppendVerb extends Verb {
    @Parameters(
            index = "0",
            paramLabel = "CLUSTER",
            description = "The cluster that has missed them.")
    private ClusterId target = new ClusterId("unset");

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            arity = "0..1",
            description = "The file; - for the standard input.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--origin",
            required = true,
            paramLabel = "CLUSTER",
            description = "The cluster that the writes were made in.")
    private ClusterId origin = new ClusterId("unset");

    @Option(names = "--key", paramLabel = "KEY", description = "What one write is about.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--value", paramLabel = "TEXT", description = "What it says.")
    private Optional<String> value = Optional.empty();

    @Option(names = "--seq", paramLabel = "NUMBER", description = "Its number in the origin.")
    private Optional<Long> seq = Optional.empty();

    /// Creates it.
    public ReplayAppendVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        if (key.isPresent() == file.isPresent()) {
            throw CliException.usage("either --key or a FILE was expected", "Give one of them.");
        }
        if (file.isPresent() && (value.isPresent() || seq.isPresent())) {
            throw CliException.usage(
                    "--value and --seq belong to --key", "A FILE says both of each write.");
        }
        Appending appending = new Appending(session.replay(), target, origin);
        List<Result<?>> failed =
                key.isPresent()
                        ? appending.append(List.of(row(key.get())))
                        : appendFile(session, appending);
        tell(session, appending.counts());
        return failed.isEmpty() ? ExitCode.DONE : session.explain(failed.getFirst());
    }

    private DraftRows.Row row(String of) {
        return new DraftRows.Row(
                seq, ReplayDraft.of(of, ByteString.copyFromUtf8(value.orElse(""))));
    }

    private List<Result<?>> appendFile(Session session, Appending appending) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(session), StandardCharsets.UTF_8))) {
            DraftRows rows = new DraftRows(lines);
            List<Result<?>> failed = List.of();
            for (List<DraftRows.Row> next = rows.next(Appending.ROWS_MAX);
                    !next.isEmpty() && failed.isEmpty();
                    next = rows.next(Appending.ROWS_MAX)) {
                failed = appending.append(next);
            }
            return failed;
        }
    }

    private InputStream open(Session session) throws IOException {
        Path from = file.orElseThrow();
        if (from.toString().equals("-")) {
            return session.shell().in();
        }
        if (!Files.isReadable(from)) {
            throw CliException.usage("there is no readable file " + from, "Check the name.");
        }
        return Files.newInputStream(from);
    }

    private void tell(Session session, Map<String, Long> counts) {
        if (!session.output().isTable()) {
            session.output().figures(counts);
            return;
        }
        session.shell()
                .out()
                .printf(
                        "%s appended to the queue of %s, %s known already, %s settled%n",
                        Figures.count(counts.getOrDefault("appended", 0L), "write"),
                        target,
                        Figures.count(counts.getOrDefault("known", 0L)),
                        Figures.count(counts.getOrDefault("settled", 0L)));
    }
}
