package io.staddle.cli.transfer;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Revision;
import io.staddle.cli.shell.CliException;
import io.staddle.client.audit.Claim;
import io.staddle.client.audit.Claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Claims in files of NDJSON, as `grain export` writes them and as owners can. Each file is one
/// claimant's, unless its lines say otherwise. They are read anew each time and kept nowhere.
///
/// @param owner of lines that name none
/// @param seen up to which revision claimants had heard of changes that do not say it
public record ClaimsFiles(List<Path> files, Optional<ClusterId> owner, Revision seen)
        implements Claims {
    /// Makes it unmodifiable.
    public ClaimsFiles {
        files = List.copyOf(files);
    }

    /// @throws CliException if a file cannot be read, or a line is none
    @Override
    public void forEach(Consumer<Claim> to) {
        read((cluster, claim) -> claim.ifPresent(to));
    }

    /// Returns the clusters that the files are about, each with the oldest revision that a list of
    /// its claims is of.
    ///
    /// @throws CliException if a file cannot be read, or a line is none
    public Map<ClusterId, Revision> complete() {
        Map<ClusterId, Revision> complete = new HashMap<>();
        owner.ifPresent(cluster -> complete.put(cluster, seen));
        for (Path file : files) {
            Reader reader = new Reader(file);
            reader.read(
                    (cluster, claim) -> complete.merge(cluster, reader.seen, ClaimsFiles::older));
        }
        return complete;
    }

    /// Returns the revision written as `1234.5`, or the end of the entry written as `1234`.
    ///
    /// @throws CliException if it is written otherwise
    public static Revision revision(String text) {
        try {
            return ClaimRow.revision(text);
        } catch (IllegalArgumentException wrong) {
            throw CliException.usage(text + " is no revision", "Such as: 1234 or 1234.5");
        }
    }

    private void read(BiConsumer<ClusterId, Optional<Claim>> to) {
        files.forEach(file -> new Reader(file).read(to));
    }

    private static Revision older(Revision one, Revision other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /// Reads one file.
    private final class Reader {
        private final Path file;
        private String claimant;
        private Optional<ClusterId> cluster = owner;
        private Revision seen = ClaimsFiles.this.seen;

        Reader(Path file) {
            this.file = file;
            this.claimant = file.toString();
        }

        void read(BiConsumer<ClusterId, Optional<Claim>> to) {
            try (InputStream in = Files.newInputStream(file)) {
                LineReader lines = new LineReader(in, 0, 0);
                for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                    long number = line.get().number();
                    take(row(line.get().text()), number, to);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private ClaimRow row(LineReader.Text text) {
            return switch (text) {
                case LineReader.Text.Good(var value) -> ClaimRow.parse(value, cluster);
                case LineReader.Text.Bad(var why) -> new ClaimRow.Malformed(why);
            };
        }

        private void take(ClaimRow row, long number, BiConsumer<ClusterId, Optional<Claim>> to) {
            switch (row) {
                case ClaimRow.Claimed(var held, var by, var heard) ->
                        to.accept(
                                held.holder(),
                                Optional.of(
                                        new Claim(by.orElse(claimant), held, heard.orElse(seen))));
                case ClaimRow.Heading(var by, var name, var heard) -> {
                    cluster = by;
                    claimant = name.orElse(claimant);
                    seen = heard.orElse(seen);
                    by.ifPresent(each -> to.accept(each, Optional.empty()));
                }
                case ClaimRow.Other() -> {}
                case ClaimRow.Malformed(var why) ->
                        throw CliException.usage(
                                file + ", line " + number + ": " + why,
                                "A line has type, key, owner and epoch, as grain export writes"
                                        + " it.");
            }
        }
    }
}
