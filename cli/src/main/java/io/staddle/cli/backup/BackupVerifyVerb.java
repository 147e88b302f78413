package io.staddle.cli.backup;

import io.staddle.api.v1.BackupHeader;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;

/// `backup verify`
@Command(
        name = "verify",
        description = "Reads a backup to its end and says what is in it, if every byte is right.")
public final class BackupVerifyVerb extends Verb {
    @Parameters(paramLabel = "FILE", description = "What `backup save` wrote.")
    private Path file = Path.of("");

    /// Creates it.
    public BackupVerifyVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        BackupHeader header = Checking.verify(session, file);
        session.output().show(header, () -> Checking.describe(file, header));
        session.say("whole: its checksum fits");
        return ExitCode.DONE;
    }
}
