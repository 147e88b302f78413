package io.staddle.cli.manual;

import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// `manual`
@Command(
        name = "manual",
        hidden = true,
        description = "Writes the manual pages into a directory, for packages.")
public final class ManualVerb extends Verb {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Created if it is not there.")
    private Path directory = Path.of("");

    /// Creates it.
    public ManualVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> page : ManPages.of(spec.root()).entrySet()) {
            Files.writeString(directory.resolve(page.getKey()), page.getValue());
        }
        return ExitCode.DONE;
    }
}
