package io.staddle.server.tls;

import io.staddle.api.id.ServerId;

import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Which server showed its certificate on a connection. It is read once a connection: names in
/// certificates are dear to read, and each call asks.
record Shown(Optional<ServerId> server) {
    private static final String KEY = "io.staddle.shown";

    static Shown on(SSLSession session) {
        if (session.getValue(KEY) instanceof Shown known) {
            return known;
        }
        Shown read = read(session);
        session.putValue(KEY, read);
        return read;
    }

    private static Shown read(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate own
                    ? new Shown(PeerName.of(own).map(PeerName::server))
                    : new Shown(Optional.empty());
        } catch (SSLPeerUnverifiedException _) {
            return new Shown(Optional.empty());
        }
    }
}
