package io.staddle.server.access;

import com.linecorp.armeria.server.ServiceRequestContext;

import io.netty.util.AttributeKey;
import io.staddle.api.command.Command;
import io.staddle.api.id.IdentityName;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.Credential;
import io.staddle.api.model.Identity;
import io.staddle.api.refusal.Refusal;
import io.staddle.server.config.AccessMode;
import io.staddle.server.config.ServerConfig;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import javax.net.ssl.SSLSession;

/// Decides who calls and what they may do, by the state as this server has it.
///
/// So what an administrator changes counts on a server from the moment when it has applied it, and
/// for each call, each command in a batch and each message of a stream anew. A command that was
/// admitted before is carried out.
public final class Access {
    private static final Principal NOBODY = new Principal.Nobody();
    private static final AttributeKey<Principal> CALLER =
            AttributeKey.valueOf(Access.class, "CALLER");

    private final AccessMode mode;
    private final boolean secured;
    private final Supplier<View> views;
    private final InstantSource clock;
    private final LongAdder unknown = new LongAdder();
    private final LongAdder forbidden = new LongAdder();

    /// @param views opens the state as it is here
    /// @param clock the clock of the deployment, by which identities end
    public Access(ServerConfig config, Supplier<View> views, InstantSource clock) {
        this.mode = config.access();
        this.secured = config.tls().isPresent();
        this.views = views;
        this.clock = clock;
    }

    /// Whether callers must say who they are.
    public boolean isEnforced() {
        return mode == AccessMode.ENFORCED;
    }

    /// Whether what servers ask each other is for them alone: they can prove that they are servers.
    boolean knowsServers() {
        return secured;
    }

    /// Returns how many calls were refused because their caller was not known.
    public LongAdder unknown() {
        return unknown;
    }

    /// Returns how many calls and commands were refused because their caller may not do that.
    public LongAdder forbidden() {
        return forbidden;
    }

    /// Returns who makes the call that this thread handles.
    public static Principal caller() {
        ServiceRequestContext call = ServiceRequestContext.currentOrNull();
        Principal known = call == null ? null : call.attr(CALLER);
        return known == null ? NOBODY : known;
    }

    static void remember(ServiceRequestContext call, Principal caller) {
        call.setAttr(CALLER, caller);
    }

    /// Returns who calls, as far as they prove it. Where access is open a wrong proof is none.
    ///
    /// @param authorization the header; empty for none
    /// @param session of the connection; null without TLS
    /// @throws UnknownCallerException if they claim to be somebody and do not prove it
    public Principal identify(String authorization, @Nullable SSLSession session)
            throws UnknownCallerException {
        try {
            return switch (Proof.of(authorization, session)) {
                case Proof.None _ -> NOBODY;
                case Proof.OfToken token -> byToken(token);
                case Proof.OfCertificate certificate -> byCertificate(certificate);
            };
        } catch (UnknownCallerException e) {
            if (!isEnforced()) {
                return NOBODY;
            }
            unknown.increment();
            throw e;
        }
    }

    /// Whether somebody still is who they were: not revoked, not over.
    Optional<Principal> again(Principal caller) {
        return switch (caller) {
            case Principal.Nobody _, Principal.Server _ -> Optional.of(caller);
            case Principal.Known(var identity) ->
                    find(identity.name())
                            .filter(now -> now.credential().equals(identity.credential()))
                            .filter(now -> !now.isOver(clock.millis()))
                            .map(Principal.Known::new);
        };
    }

    /// Returns why somebody may not do what they ask for; empty if they may.
    public Optional<Refusal.Forbidden> refuse(Need need, Principal caller) {
        boolean counts = isEnforced() || (secured && need instanceof Need.Serving);
        if (!counts || need.isMetBy(caller)) {
            return Optional.empty();
        }
        forbidden.increment();
        String actor = caller.actor().isEmpty() ? "nobody" : caller.actor();
        return Optional.of(new Refusal.Forbidden(actor, need.toString()));
    }

    /// Returns why somebody may not have a command carried out; empty if they may.
    public Optional<Refusal.Forbidden> refuse(Command command, Principal caller) {
        return isEnforced() ? refuse(CommandNeeds.of(command), caller) : Optional.empty();
    }

    private Principal byToken(Proof.OfToken token) throws UnknownCallerException {
        Optional<Identity> known = named(token.name());
        // The hash is made in any case, so that time does not tell which names there are.
        String hash = Credential.Token.of(token.secret()).sha256();
        boolean isRight =
                known.isPresent()
                        && known.get().credential() instanceof Credential.Token(var sha256)
                        && equal(hash, sha256);
        if (!isRight) {
            throw new UnknownCallerException(
                    "the token is not known: it was revoked, or never created here");
        }
        return valid(known.orElseThrow());
    }

    private Principal byCertificate(Proof.OfCertificate proof) throws UnknownCallerException {
        Optional<Principal> server = Proof.server(proof);
        if (server.isPresent()) {
            return server.get();
        }
        String name = proof.commonName();
        Optional<Identity> known =
                named(name).filter(each -> each.credential() instanceof Credential.Certificate);
        if (known.isEmpty()) {
            throw new UnknownCallerException(
                    "the certificate of \""
                            + name
                            + "\" names nobody known: let it in with staddle access"
                            + " add-certificate");
        }
        return valid(known.get());
    }

    private Principal valid(Identity identity) throws UnknownCallerException {
        if (identity.isOver(clock.millis())) {
            throw new UnknownCallerException(
                    identity.name() + " has expired: create another token with staddle access");
        }
        return new Principal.Known(identity);
    }

    private Optional<Identity> named(String name) {
        try {
            return find(new IdentityName(name));
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }

    private Optional<Identity> find(IdentityName name) {
        try (View view = views.get()) {
            return view.get(Schema.IDENTITIES, name);
        }
    }

    private static boolean equal(String hash, String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                other.getBytes(StandardCharsets.US_ASCII));
    }
}
