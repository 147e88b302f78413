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
            "Refused while a server does not have it. For what is in force, and what each server",
            "has: server list"
        })
public final class ConfigRaiseLevelVerb extends Verb {
    @Parameters(
            paramLabel = "LEVEL",
            description = "The feature level; not below the one in force.")
    private int level;

    /// Creates it.
    public ConfigRaiseLevelVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        int inForce = session.servers().config().featureLevel();
        if (level < inForce) {
            session.say("feature level %d is in force already".formatted(inForce));
            return ExitCode.DONE;
        }
        return session.conclude(
                session.servers().raiseFeatureLevel(level),
                Answer.Configured::new,
                done -> "feature level %d is in force".formatted(done.value().featureLevel()));
    }
}
