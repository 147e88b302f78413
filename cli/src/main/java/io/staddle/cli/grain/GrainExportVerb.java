package io.staddle.cli.grain;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.GrainFilter;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.cli.transfer.RowFormat;
import io.staddle.client.GrainCursor;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/// `grain export`
@Command(
        name = "export",
        description = {
            "Writes grains as NDJSON or CSV, sorted by type and key: what `grain import` reads.",
            "",
            "A row has type, key, owner, epoch and state: owned, stranded or released. Of a grain",
            "that nobody owns, owner is the last one. At the end, rows with the state floor say",
            "above which epoch unknown grains of a type begin. With --owner only owned grains."
        })
public final class GrainExportVerb extends Verb {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file; else, or for -, the standard output.")
    private Path file = Path.of("-");

    @Option(names = "--owner", paramLabel = "CLUSTER", description = "Only what it owns.")
    private Optional<ClusterId> owner = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only grains of this type.")
    private Optional<GrainType> type = Optional.empty();

    @Option(names = "--csv", description = "CSV in place of NDJSON.")
    private boolean csv;

    /// Creates it.
    public GrainExportVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        long start = System.nanoTime();
        long rows = file.equals(Path.of("-")) ? toOutput(session) : toFile(session);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        session.say("%s in %s".formatted(Figures.count(rows, "grain"), Figures.duration(took)));
        return ExitCode.DONE;
    }

    private long toOutput(Session session) throws IOException {
        Writer to = writer(session.shell().out());
        long rows = write(session, to);
        to.flush();
        return rows;
    }

    /// Under another name first, so that half an export never passes for a whole one.
    private long toFile(Session session) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        long rows;
        try (Writer to = writer(Files.newOutputStream(part))) {
            rows = write(session, to);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return rows;
    }

    private long write(Session session, Writer to) throws IOException {
        boolean asCsv = csv || file.toString().endsWith(".csv");
        RowFormat format = asCsv ? RowFormat.CSV : RowFormat.NDJSON;
        format.begin(to);
        long rows = 0;
        try (GrainCursor grains = session.grains().list(filter(), Consistency.LINEARIZABLE)) {
            while (grains.hasNext()) {
                Ownership grain = grains.next();
                if (owner.isEmpty() || grain.owner().equals(owner)) {
                    format.write(grain, to);
                    rows++;
                }
            }
        }
        if (owner.isEmpty()) {
            for (Answer.Floor floor : session.grains().floors()) {
                if (type.isEmpty() || type.get().equals(floor.type())) {
                    format.write(floor, to);
                }
            }
        }
        return rows;
    }

    /// Not by owner: that list is sorted by holding, and to sort it would need memory for all.
    private GrainFilter filter() {
        return type.<GrainFilter>map(of -> new GrainFilter.OfType(of, ""))
                .orElseGet(GrainFilter.All::new);
    }

    private static Writer writer(OutputStream to) {
        return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8), 1 << 16);
    }
}
