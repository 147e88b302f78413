package io.staddle.cli.backup;

import io.staddle.cli.shell.ServerVerb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `backup restore`, which is here for its help only: bin/staddle starts the server itself with it.
@Command(
        name = "restore",
        description = {
            "Makes the data directory of one server of a new deployment out of a backup.",
            "",
            "Run it once for each server, on its machine: the first prints the --at that the",
            "others need. Every epoch, fence, token and revision is raised above all that the old",
            "deployment can have given out, so all who hold something acquire it again."
        })
public final class BackupRestoreVerb extends ServerVerb {
    @Parameters(paramLabel = "FILE", description = "What `backup save` wrote.")
    private String file = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The server's settings, with a new name at `deployment`.")
    private String config = "";

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The moment that the first server printed: the same for all.")
    private String at = "";

    @Parameters(index = "1..*", hidden = true)
    private List<String> rest = List.of();

    /// Creates it.
    public BackupRestoreVerb(Desk desk) {
        super(desk, "backup restore FILE --config FILE");
    }

    @Override
    protected String given() {
        return "%s --config %s --at '%s' %s".formatted(file, config, at, rest);
    }
}
