package io.staddle.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// A certificate, those that lead to its authority, and its key.
///
/// @param chain the certificate itself first
record KeyPair(List<X509Certificate> chain, PrivateKey key) {
    private static final byte[] ANYTHING = {1, 2, 3, 4};

    KeyPair {
        chain = List.copyOf(chain);
    }

    /// Reads a pair that is valid now.
    ///
    /// @throws TlsFileException if a file is missing or no PEM, the key is not that of the
    ///     certificate or open to others, or the certificate is not valid today
    static KeyPair read(PemFile certificate, PemFile key) {
        List<X509Certificate> chain = certificate.certificates();
        X509Certificate own = chain.getFirst();
        requireValid(certificate, own);
        PrivateKey secret = key.privateKey(own.getPublicKey().getAlgorithm());
        if (!belongs(secret, own)) {
            throw key.wrong("must be the key of the certificate in " + certificate.path());
        }
        return new KeyPair(chain, secret);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    Instant expires() {
        return certificate().getNotAfter().toInstant();
    }

    private static void requireValid(PemFile file, X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException _) {
            throw file.wrong(
                    "must be valid now, expired at " + certificate.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException _) {
            throw file.wrong(
                    "must be valid now, begins at " + certificate.getNotBefore().toInstant());
        }
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(ANYTHING);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
