package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.AccessCodec;
import io.staddle.api.command.AccessCommand;
import io.staddle.api.id.IdentityName;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.model.Role;
import io.staddle.api.v1.AccessGrpc;
import io.staddle.api.v1.ListIdentitiesRequest;
import io.staddle.api.v1.WhoAmIAnswer;
import io.staddle.api.v1.WhoAmIRequest;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// Who may do what.
///
/// Each method waits for its answer, as those of [GrainDirectory] do, and throws the same. A
/// change counts on a server once it has applied it: milliseconds later than on the leader.
public final class AccessAdmin {
    /// The end of what never ends.
    public static final Instant NEVER = Instant.EPOCH;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private final Calls calls;

    AccessAdmin(Calls calls) {
        this.calls = calls.waitingForRoom();
    }

    /// Makes somebody known by a new token. Its secret is made here, and no server gets it before
    /// it is used. If the outcome is unknown, revoke the name and begin again.
    ///
    /// @param expires when it ends; [#NEVER] for never
    public Result<NewToken> createToken(IdentityName name, List<Role> roles, Instant expires) {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Credential credential = Credential.Token.of(secret);
        Identity wanted = new Identity(name, credential, expires.toEpochMilli(), roles);
        return identity(new AccessCommand.CreateIdentity(wanted))
                .map(identity -> new NewToken(identity, name + "." + secret));
    }

    /// Makes somebody known by certificates with their name as common name. Repeated it changes
    /// nothing.
    ///
    /// @param expires when it ends; [#NEVER] for when the certificate does
    public Result<Identity> addCertificate(IdentityName name, List<Role> roles, Instant expires) {
        return identity(
                new AccessCommand.CreateIdentity(
                        new Identity(
                                name,
                                new Credential.Certificate(),
                                expires.toEpochMilli(),
                                roles)));
    }

    /// Adds roles to somebody.
    public Result<Identity> grant(IdentityName name, List<Role> roles) {
        return identity(new AccessCommand.ChangeRoles(name, roles, List.of()));
    }

    /// Takes roles away from somebody.
    public Result<Identity> withdraw(IdentityName name, List<Role> roles) {
        return identity(new AccessCommand.ChangeRoles(name, List.of(), roles));
    }

    /// Forgets somebody: they may do nothing from now on. Repeated it changes nothing.
    public Result<Answer> revoke(IdentityName name) {
        return calls.await(calls.command(new AccessCommand.RevokeIdentity(name), answer -> answer));
    }

    /// Returns who is known, by name, linearizably.
    public List<Identity> list() {
        return calls.await(
                calls.query(
                        AccessGrpc.getListMethod(),
                        ListIdentitiesRequest.getDefaultInstance(),
                        answer ->
                                answer.getIdentitiesList().stream()
                                        .map(AccessCodec::decode)
                                        .toList(),
                        Route.QUERY));
    }

    /// Returns who this client is to the servers.
    public WhoAmI whoAmI() {
        return calls.await(
                calls.query(
                        AccessGrpc.getWhoAmIMethod(),
                        WhoAmIRequest.getDefaultInstance(),
                        AccessAdmin::decode,
                        Route.QUERY));
    }

    private Result<Identity> identity(AccessCommand command) {
        return calls.await(calls.command(command, answer -> ((Answer.Access) answer).identity()));
    }

    private static WhoAmI decode(WhoAmIAnswer answer) {
        return new WhoAmI(
                answer.getActor(),
                answer.getRolesList().stream().map(AccessCodec::role).toList(),
                answer.getEnforced(),
                answer.getExpiresMillis());
    }
}
