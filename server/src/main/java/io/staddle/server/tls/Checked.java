package io.staddle.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// What [Checker]s are for the JDK: only engines are used here, never sockets.
final class Checked extends X509ExtendedTrustManager {
    private final Checker clients;
    private final Checker servers;
    private final IssuerSource issuers;

    /// Checks one side of a connection by the certificates that it shows.
    interface Checker {
        /// Returns if they are fine.
        void check(X509Certificate[] chain, String kind, SSLEngine engine)
                throws CertificateException;
    }

    /// Tells who may have signed.
    interface IssuerSource {
        /// Returns the authorities' certificates.
        X509Certificate[] get();
    }

    Checked(Checker clients, Checker servers, IssuerSource issuers) {
        this.clients = clients;
        this.servers = servers;
        this.issuers = issuers;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        clients.check(chain, kind, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        servers.check(chain, kind, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.get();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw onlyEngines();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw onlyEngines();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw onlyEngines();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw onlyEngines();
    }

    private static CertificateException onlyEngines() {
        return new CertificateException("certificates are checked with their connection only");
    }
}
