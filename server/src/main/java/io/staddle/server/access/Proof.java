package io.staddle.server.access;

import io.staddle.server.tls.Tls;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// By what a caller shows who they are.
sealed interface Proof {
    /// A token `NAME.SECRET`.
    record OfToken(String name, String secret) implements Proof {}

    /// A certificate that was checked when the connection was made.
    record OfCertificate(X509Certificate certificate) implements Proof {
        /// The common name; empty if there is none.
        String commonName() {
            try {
                return new LdapName(certificate.getSubjectX500Principal().getName())
                        .getRdns().stream()
                                .filter(each -> each.getType().equalsIgnoreCase("CN"))
                                .map(Rdn::getValue)
                                .map(Object::toString)
                                .findFirst()
                                .orElse("");
            } catch (InvalidNameException _) {
                return "";
            }
        }
    }

    /// Nothing.
    record None() implements Proof {}

    /// Returns the proof of a call: a token counts before a certificate.
    ///
    /// @param authorization the header; empty for none
    /// @param session of the connection; null without TLS
    /// @throws UnknownCallerException if the header is not understood
    static Proof of(String authorization, @Nullable SSLSession session)
            throws UnknownCallerException {
        if (!authorization.isEmpty()) {
            return token(authorization);
        }
        Optional<X509Certificate> certificate = Optional.ofNullable(session).flatMap(Proof::shown);
        return certificate.<Proof>map(OfCertificate::new).orElseGet(None::new);
    }

    private static Optional<X509Certificate> shown(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain[0] instanceof X509Certificate own ? Optional.of(own) : Optional.empty();
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    private static OfToken token(String authorization) throws UnknownCallerException {
        String token = bare(authorization);
        int dot = token.lastIndexOf('.');
        if (dot < 1) {
            throw new UnknownCallerException(
                    "the header authorization must be \"Bearer TOKEN\", or Basic with the token as"
                            + " password");
        }
        return new OfToken(token.substring(0, dot), token.substring(dot + 1));
    }

    /// Browsers ask their users for a name and a password; the token is the password.
    private static String bare(String authorization) {
        if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "";
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
            String pair = new String(decoded, StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    /// Returns the server that a certificate names, if it is one's.
    static Optional<Principal> server(OfCertificate proof) {
        return Tls.server(proof.certificate()).map(Principal.Server::new);
    }
}
