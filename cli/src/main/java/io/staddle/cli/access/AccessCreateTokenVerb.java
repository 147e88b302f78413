package io.staddle.cli.access;

import io.staddle.api.id.IdentityName;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.NewToken;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/// `access create-token`
@Command(
        name = "create-token",
        description = "Makes somebody known by a new token, which is shown once.")
public final class AccessCreateTokenVerb extends Verb {
    @Parameters(paramLabel = "NAME", description = "Who.")
    private IdentityName name = new IdentityName("nobody");

    @Mixin private final RoleOption role = new RoleOption();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "After how long it ends, such as 12h or 90d; 0s for never. Default: 90d")
    private Duration expires = Duration.ofDays(90);

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the token there, for its owner alone, and do not show it.")
    private String out = "";

    /// Creates it.
    public AccessCreateTokenVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) throws IOException {
        Optional<Path> file =
                out.isEmpty() ? Optional.empty() : Optional.of(prepared(Path.of(out)));
        Result<NewToken> created =
                session.access().createToken(name, role.roles(), Identities.after(expires));
        if (created instanceof Result.Done<NewToken>(_, var token)) {
            if (file.isPresent()) {
                Files.writeString(file.get(), token.text() + "\n");
            } else {
                session.say("The token, which is shown only now:");
                session.say(token.text());
            }
        } else if (file.isPresent()) {
            Files.delete(file.get());
        }
        return Identities.conclude(session, created.map(NewToken::identity));
    }

    /// Makes the file before there is a token that could be lost.
    private static Path prepared(Path file) throws IOException {
        if (Files.exists(file)) {
            throw CliException.usage(
                    "a file that does not exist was expected for --out, but found " + file,
                    "Name another one, or delete it.");
        }
        return Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
