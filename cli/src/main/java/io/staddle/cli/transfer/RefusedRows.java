package io.staddle.cli.transfer;

import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.DirectoryCommand.Import;
import io.staddle.api.command.DirectoryCommand.ImportReleased;
import io.staddle.api.refusal.RefusalText;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Writes the rows that were refused to a file of NDJSON, each with why. Mended, the file can be
/// imported as it is.
final class RefusedRows implements AutoCloseable {
    private final Optional<Open> file;

    private record Open(FileChannel channel, Writer writer) {}

    private RefusedRows(Optional<Open> file) {
        this.file = file;
    }

    /// Opens the file, if there is to be one.
    ///
    /// @param bytes how much of it is kept from an earlier run
    static RefusedRows open(Optional<Path> path, long bytes) throws IOException {
        if (path.isEmpty()) {
            return new RefusedRows(Optional.empty());
        }
        FileChannel channel =
                FileChannel.open(path.get(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(bytes);
        channel.position(channel.size());
        Writer writer =
                new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8);
        return new RefusedRows(Optional.of(new Open(channel, writer)));
    }

    /// Writes a row that was refused. The floor of a type never is.
    void refused(long line, DirectoryCommand row, RefusalText why) throws IOException {
        if (file.isEmpty() || !(row instanceof DirectoryCommand.OfGrain command)) {
            return;
        }
        Writer to = file.get().writer();
        to.append("{\"type\":");
        JsonWriter.text(command.grain().type().name(), to);
        to.append(",\"key\":");
        JsonWriter.text(command.grain().key(), to);
        to.append(",\"owner\":");
        JsonWriter.text(owner(command), to);
        switch (command) {
            case Import(_, _, var epoch) -> to.append(",\"epoch\":").append(epoch.toString());
            case ImportReleased(_, _, var epoch) ->
                    to.append(",\"epoch\":")
                            .append(epoch.toString())
                            .append(",\"state\":\"released\"");
            case DirectoryCommand.OfGrain _ -> {}
        }
        why(line, why.code(), why.message(), to);
    }

    void malformed(long line, String why) throws IOException {
        if (file.isPresent()) {
            Writer to = file.get().writer();
            to.append("{\"type\":\"\",\"key\":\"\"");
            why(line, "MALFORMED", why, to);
        }
    }

    /// Writes everything out and returns how long the file is.
    long flushed() throws IOException {
        if (file.isEmpty()) {
            return 0;
        }
        file.get().writer().flush();
        return file.get().channel().position();
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().writer().close();
        }
    }

    private static void why(long line, String code, String message, Writer to) throws IOException {
        to.append(",\"line\":").append(Long.toString(line)).append(",\"code\":");
        JsonWriter.text(code, to);
        to.append(",\"why\":");
        JsonWriter.text(message, to);
        to.append("}\n");
    }

    private static String owner(DirectoryCommand.OfGrain command) {
        return switch (command) {
            case Acquire acquire -> acquire.cluster().value();
            case Import imported -> imported.owner().value();
            case ImportReleased released -> released.lastOwner().value();
            case DirectoryCommand.Claim claim -> claim.cluster().value();
            case DirectoryCommand.Promote promote -> promote.to().value();
            case DirectoryCommand.Release release -> release.cluster().value();
            case DirectoryCommand.Renew renew -> renew.cluster().value();
            case DirectoryCommand.Reassign reassign -> reassign.to().value();
        };
    }
}
