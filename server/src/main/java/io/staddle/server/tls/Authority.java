package io.staddle.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Whom to trust: the certificates of an authority, and what checks chains against them.
record Authority(List<X509Certificate> roots, X509TrustManager checks) {
    /// Reads the certificates of an authority.
    ///
    /// @throws TlsFileException if there are none
    static Authority read(PemFile file) {
        List<X509Certificate> roots = file.certificates();
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root-" + i, roots.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return new Authority(roots, (X509TrustManager) factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw file.wrong("cannot be used: " + e);
        }
    }

    void checkClient(X509Certificate[] chain, String kind) throws CertificateException {
        checks.checkClientTrusted(chain, kind);
    }

    /// Checks who answers, but not under which host name: servers are known by their certificates.
    void checkServer(X509Certificate[] chain, String kind) throws CertificateException {
        checks.checkServerTrusted(chain, kind);
    }
}
