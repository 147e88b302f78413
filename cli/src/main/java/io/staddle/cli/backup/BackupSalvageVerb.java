package io.staddle.cli.backup;

import io.staddle.cli.shell.ServerVerb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `backup salvage`, which is here for its help only: bin/staddle starts the server itself with it.
@Command(
        name = "salvage",
        description = {
            "Makes a backup out of one server's disk, when the quorum is lost for good.",
            "",
            "The server must not run. The file is to be restored into a new deployment, as any.",
            "WARNING: what was acknowledged may be missing, if only lost servers had it, and what",
            "was refused as unknown may be there. While a majority can come back, bring it back."
        })
public final class BackupSalvageVerb extends ServerVerb {
    @Parameters(paramLabel = "FILE", description = "The file; there must be none yet.")
    private String file = "";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The settings of the server whose disk is left.")
    private String config = "";

    @Option(names = "--yes", description = "The warning was read: the quorum is lost for good.")
    private boolean yes;

    @Parameters(index = "1..*", hidden = true)
    private List<String> rest = List.of();

    /// Creates it.
    public BackupSalvageVerb(Desk desk) {
        super(desk, "backup salvage FILE --config FILE --yes");
    }

    @Override
    protected String given() {
        return "%s --config %s%s %s".formatted(file, config, yes ? " --yes" : "", rest);
    }
}
