package io.staddle.server.tls;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.ServerId;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What makes a certificate that of a server: a URI `staddle://DEPLOYMENT/SERVER` among its
/// alternative names.
record PeerName(String deployment, ServerId server) {
    private static final String SCHEME = "staddle://";
    private static final int URI = 6;

    /// Whether a certificate claims to be that of a server, of whatever deployment. Then it is no
    /// client's.
    static boolean isClaimedBy(X509Certificate certificate) {
        return claim(certificate).isPresent();
    }

    /// Returns the server that a certificate names; empty if it names none as it should.
    static Optional<PeerName> of(X509Certificate certificate) {
        return claim(certificate).flatMap(PeerName::parse);
    }

    /// Returns the URI for a server's certificate.
    String uri() {
        return SCHEME + deployment + "/" + server;
    }

    private static Optional<String> claim(X509Certificate certificate) {
        return names(certificate).stream()
                .filter(name -> name.getFirst().equals(URI))
                .map(name -> String.valueOf(name.get(1)))
                .filter(uri -> uri.startsWith(SCHEME))
                .findFirst();
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    private static Optional<PeerName> parse(String uri) {
        String[] parts = uri.substring(SCHEME.length()).split("/", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PeerName(parts[0], new ServerId(parts[1])));
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }
}
