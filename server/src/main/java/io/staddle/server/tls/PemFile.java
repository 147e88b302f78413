package io.staddle.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file in PEM: certificates, or one private key.
///
/// @param key of the configuration, for messages
record PemFile(String key, Path path) {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    /// Returns the certificates in the file, in its order; at least one.
    List<X509Certificate> certificates() {
        try {
            List<X509Certificate> all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (all.isEmpty()) {
                throw wrong("must be certificates in PEM, found none");
            }
            return all;
        } catch (CertificateException e) {
            throw wrong("must be certificates in PEM: " + e.getMessage());
        }
    }

    /// Returns the private key in the file, which nobody but its owner and its group may read.
    ///
    /// @param algorithm of the public key that it belongs to
    PrivateKey privateKey(String algorithm) {
        requirePrivate();
        Matcher found = PRIVATE_KEY.matcher(new String(bytes(), StandardCharsets.US_ASCII));
        if (!found.find()) {
            throw wrong(
                    "must be a private key in PEM, not encrypted, that begins with \"BEGIN PRIVATE"
                            + " KEY\"; convert another one with: openssl pkcs8 -topk8 -nocrypt");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrong("must be a private key for a certificate of " + algorithm + ": " + e);
        }
    }

    /// What tells two contents of the file apart without reading it.
    String stamp() {
        try {
            var now = Files.readAttributes(path, "lastModifiedTime,size,fileKey");
            return now.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    TlsFileException wrong(String what) {
        return new TlsFileException(key, path + " " + what);
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException _) {
            throw wrong("does not exist");
        } catch (IOException e) {
            throw wrong("cannot be read: " + e);
        }
    }

    private void requirePrivate() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
                throw wrong("must not be open to others; restrict it with: chmod 600 " + path);
            }
        } catch (NoSuchFileException _) {
            throw wrong("does not exist");
        } catch (UnsupportedOperationException _) {
            // A file system without permissions: there is nothing to check.
        } catch (IOException e) {
            throw wrong("cannot be read: " + e);
        }
    }
}
