package io.staddle.cli.config;

import io.staddle.api.answer.Answer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `config raise-level`
@Command(
        name = "raise-level",
        description = {
            "Puts newer rules in force, when all servers have them. There is no way back.",
            "For which level is in force: config get -o json"
        })
public final class ConfigRaiseLevelVerb extends Verb {
    @Parameters(paramLabel = "LEVEL", description = "The feature level; one more than is in force.")
    private int level;

    /// Creates it.
    public ConfigRaiseLevelVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        return session.conclude(
                session.servers().raiseFeatureLevel(level),
                Answer.Configured::new,
                done -> "feature level %d is in force".formatted(done.value().featureLevel()));
    }
}
