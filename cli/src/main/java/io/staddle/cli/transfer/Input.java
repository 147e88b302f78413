package io.staddle.cli.transfer;

import io.staddle.cli.shell.CliException;
import io.staddle.cli.transfer.Importer.Plan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The rows to import: found out how they are written, and opened where to go on.
///
/// @param bytes how long it is; 0 if unknown
record Input(InputStream in, LineReader lines, RowParser parser, long bytes)
        implements AutoCloseable {
    private static final int SNIFFED_BYTES = 4_096;

    /// Opens it.
    ///
    /// @param standardInput is read if the plan says so
    static Input open(Plan plan, Bookmark from, InputStream standardInput) throws IOException {
        BufferedInputStream in =
                new BufferedInputStream(
                        plan.isFile() ? Files.newInputStream(plan.file()) : standardInput);
        try {
            String beginning = beginning(in);
            RowFormat format = plan.format().orElseGet(() -> RowFormat.of(plan.file(), beginning));
            LineReader lines = new LineReader(in, 0, 0);
            RowParser parser = format.parser(header(format, lines), plan.owner());
            long bytes = plan.isFile() ? Files.size(plan.file()) : 0;
            if (from.offset() == 0) {
                return new Input(in, lines, parser, bytes);
            }
            in.close();
            InputStream rest = openAt(plan.file(), from.offset());
            LineReader restLines = new LineReader(rest, from.offset(), from.line());
            return new Input(rest, restLines, parser, bytes);
        } catch (IOException | CliException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static String beginning(BufferedInputStream in) throws IOException {
        in.mark(SNIFFED_BYTES);
        byte[] bytes = in.readNBytes(SNIFFED_BYTES);
        in.reset();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String header(RowFormat format, LineReader lines) throws IOException {
        if (format == RowFormat.NDJSON) {
            return "";
        }
        return lines.next()
                .map(read ->
                        switch (read.text()) {
                            case LineReader.Text.Good(var header) -> header;
                            case LineReader.Text.Bad(var why) -> why;
                        })
                .orElse("");
    }

    private static InputStream openAt(Path file, long offset) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
