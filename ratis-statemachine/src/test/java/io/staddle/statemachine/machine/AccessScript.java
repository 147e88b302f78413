package io.staddle.statemachine.machine;

import io.staddle.api.codec.AccessCodec;
import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.Command;
import io.staddle.api.id.IdentityName;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Role;

import java.util.List;
import java.util.stream.Stream;

/// Commands about who may do what, as rows write them: `know NAME DIGIT ROLES [until MS]` by a
/// token whose hash is that digit (`-`: by a certificate), `grant NAME ROLES`,
/// `withdraw NAME ROLES`, `revoke NAME`.
final class AccessScript {
    private static final int HASH_DIGITS = 64;

    private final String[] words;

    AccessScript(String[] words) {
        this.words = words;
    }

    Command command() {
        IdentityName name = new IdentityName(words[1]);
        return switch (words[0]) {
            case "know" ->
                    new AccessCommand.CreateIdentity(
                            new Identity(name, credential(), until(), roles(3)));
            case "grant" -> new AccessCommand.ChangeRoles(name, roles(2), List.of());
            case "withdraw" -> new AccessCommand.ChangeRoles(name, List.of(), roles(2));
            default -> new AccessCommand.RevokeIdentity(name);
        };
    }

    private Credential credential() {
        return words[2].equals("-")
                ? new Credential.Certificate()
                : new Credential.Token(words[2].repeat(HASH_DIGITS));
    }

    private long until() {
        return words.length > 5 ? Long.parseLong(words[5]) : 0;
    }

    private List<Role> roles(int at) {
        return Stream.of(words[at].split(",", -1)).map(AccessCodec::role).toList();
    }
}
