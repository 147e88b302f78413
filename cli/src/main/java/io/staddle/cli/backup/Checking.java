package io.staddle.cli.backup;

import io.staddle.api.codec.BackupDamagedException;
import io.staddle.api.codec.BackupReader;
import io.staddle.api.v1.BackupHeader;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.Session;
import io.staddle.cli.transfer.ProgressBar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a backup and says what is in it.
final class Checking {
    private Checking() {}

    /// Reads all of a file, and returns what it says of itself if it is whole.
    static BackupHeader verify(Session session, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CliException.usage("there is no file " + file, "Give the file of a backup.");
        }
        ProgressBar bar = ProgressBar.ofBytes(session.shell(), Files.size(file));
        try {
            return BackupReader.verify(file, bar::at);
        } catch (BackupDamagedException e) {
            throw CliException.refused(
                    String.valueOf(e.getMessage()), "Use another backup; this one is of no use.");
        } finally {
            bar.end();
        }
    }

    static String describe(Path file, BackupHeader header) {
        return """
        file        %s
        deployment  %s, server %s, version %s
        state       index %d of term %d, digest %s
        taken       %s%s
        holds       %s, %s, feature level %d
        """
                .formatted(
                        file,
                        header.getDeployment(),
                        header.getServer(),
                        header.getVersion(),
                        header.getIndex(),
                        header.getTerm(),
                        header.getDigest(),
                        Figures.time(header.getTakenMillis()),
                        header.getSalvaged()
                                ? ", from the disk of a server that did not run: what was"
                                        + " acknowledged may be missing"
                                : "",
                        Figures.count(header.getGrains(), "grain"),
                        Figures.count(header.getClusters(), "cluster"),
                        header.getFeatureLevel());
    }
}
