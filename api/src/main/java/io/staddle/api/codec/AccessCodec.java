package io.staddle.api.codec;

import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.event.AccessEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.IdentityName;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Origin;
import io.staddle.api.model.Role;
import io.staddle.api.v1.ChangeRoles;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CreateIdentity;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.IdentityCreated;
import io.staddle.api.v1.IdentityRevoked;
import io.staddle.api.v1.RevokeIdentity;
import io.staddle.api.v1.RolesChanged;

import java.util.List;

/// Codec of all that is about who may do what.
public final class AccessCodec {
    private static final String OWNER = "owner:";

    private AccessCodec() {}

    /// Encodes an identity.
    public static io.staddle.api.v1.Identity encode(Identity identity) {
        return io.staddle.api.v1.Identity.newBuilder()
                .setName(identity.name().value())
                .setTokenSha256(encode(identity.credential()))
                .setExpiresMillis(identity.expiresMillis())
                .addAllRoles(texts(identity.roles()))
                .build();
    }

    /// Decodes an identity.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static Identity decode(io.staddle.api.v1.Identity identity) {
        String hash = identity.getTokenSha256();
        return new Identity(
                new IdentityName(identity.getName()),
                hash.isEmpty() ? new Credential.Certificate() : new Credential.Token(hash),
                identity.getExpiresMillis(),
                roles(identity.getRolesList()));
    }

    /// Reads a role as people write it.
    ///
    /// @throws io.staddle.api.id.MalformedException if it is none
    public static Role role(String text) {
        return switch (text) {
            case "reader" -> new Role.Reader();
            case "operator" -> new Role.Operator();
            case "admin" -> new Role.Admin();
            default -> owner(text);
        };
    }

    static void encode(AccessCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case AccessCommand.CreateIdentity c ->
                    to.setCreateIdentity(
                            CreateIdentity.newBuilder()
                                    .setIdentity(encode(c.identity()))
                                    .setOrigin(by));
            case AccessCommand.ChangeRoles c ->
                    to.setChangeRoles(
                            ChangeRoles.newBuilder()
                                    .setName(c.name().value())
                                    .addAllAdd(texts(c.add()))
                                    .addAllRemove(texts(c.remove()))
                                    .setOrigin(by));
            case AccessCommand.RevokeIdentity c ->
                    to.setRevokeIdentity(
                            RevokeIdentity.newBuilder().setName(c.name().value()).setOrigin(by));
        }
    }

    static Proposal decode(CreateIdentity c) {
        return new Proposal(
                new AccessCommand.CreateIdentity(decode(c.getIdentity())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ChangeRoles c) {
        return new Proposal(
                new AccessCommand.ChangeRoles(
                        new IdentityName(c.getName()),
                        roles(c.getAddList()),
                        roles(c.getRemoveList())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(RevokeIdentity c) {
        return new Proposal(
                new AccessCommand.RevokeIdentity(new IdentityName(c.getName())),
                ModelCodec.decode(c.getOrigin()));
    }

    static void encode(AccessEvent event, EventBody.Builder to) {
        switch (event) {
            case AccessEvent.IdentityCreated(var identity) ->
                    to.getIdentityCreatedBuilder().setIdentity(encode(identity));
            case AccessEvent.RolesChanged(var identity) ->
                    to.getRolesChangedBuilder().setIdentity(encode(identity));
            case AccessEvent.IdentityRevoked(var name) ->
                    to.getIdentityRevokedBuilder().setName(name.value());
        }
    }

    static AccessEvent decode(IdentityCreated e) {
        return new AccessEvent.IdentityCreated(decode(e.getIdentity()));
    }

    static AccessEvent decode(RolesChanged e) {
        return new AccessEvent.RolesChanged(decode(e.getIdentity()));
    }

    static AccessEvent decode(IdentityRevoked e) {
        return new AccessEvent.IdentityRevoked(new IdentityName(e.getName()));
    }

    private static Role owner(String text) {
        if (!text.startsWith(OWNER)) {
            throw Malformed.of("role", "reader, owner:CLUSTER, operator or admin", text);
        }
        return new Role.Owner(new ClusterId(text.substring(OWNER.length())));
    }

    private static String encode(Credential credential) {
        return switch (credential) {
            case Credential.Token(var sha256) -> sha256;
            case Credential.Certificate same -> "";
        };
    }

    private static List<Role> roles(List<String> texts) {
        return texts.stream().map(AccessCodec::role).toList();
    }

    private static List<String> texts(List<Role> roles) {
        return roles.stream().map(Role::toString).toList();
    }
}
