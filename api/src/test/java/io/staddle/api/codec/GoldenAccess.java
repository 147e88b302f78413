package io.staddle.api.codec;

import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.Command;
import io.staddle.api.event.AccessEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.IdentityName;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Role;

import java.util.List;

/// The part of [Golden] about who may do what.
final class GoldenAccess {
    private static final IdentityName NAME = new IdentityName("eu-agent");
    private static final Role READER = new Role.Reader();
    private static final Role OWNER = new Role.Owner(new ClusterId("eu-1"));
    private static final Identity BY_TOKEN =
            new Identity(
                    NAME,
                    new Credential.Token("ab".repeat(32)),
                    1_700_000_000_000L,
                    List.of(OWNER, new Role.Operator()));
    private static final Identity BY_CERTIFICATE =
            new Identity(NAME, new Credential.Certificate(), 0, List.of(new Role.Admin()));

    static final List<Command> COMMANDS =
            List.of(
                    new AccessCommand.CreateIdentity(BY_TOKEN),
                    new AccessCommand.ChangeRoles(NAME, List.of(READER, OWNER), List.of(READER)),
                    new AccessCommand.RevokeIdentity(NAME));

    static final List<Event> EVENTS =
            List.of(
                    new AccessEvent.IdentityCreated(BY_TOKEN),
                    new AccessEvent.RolesChanged(BY_CERTIFICATE),
                    new AccessEvent.IdentityRevoked(NAME));

    private GoldenAccess() {}
}
