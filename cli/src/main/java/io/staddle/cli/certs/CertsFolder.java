package io.staddle.cli.certs;

import io.staddle.cli.certs.Signer.Signed;
import io.staddle.cli.shell.CliException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// A directory with authorities, and with what they signed.
///
/// A file is put in its place when it is whole, a key before its certificate, so that a server that
/// looks meanwhile finds old files or new ones.
record CertsFolder(Path directory) {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /// Writes a certificate and its key as `NAME.crt` and `NAME.key`.
    void write(String name, Signed signed) throws IOException {
        Files.createDirectories(directory);
        put(name + ".key", pem(KEY, signed.key().getEncoded()), "rw-------");
        try {
            byte[] encoded = signed.certificate().getEncoded();
            put(name + ".crt", pem(CERTIFICATE, encoded), "rw-r--r--");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was decoded before", e);
        }
    }

    /// Writes the certificate of an authority, whose key stays where it is.
    void copy(CertsFolder from, String name) throws IOException {
        Files.copy(
                from.file(name + ".crt"), file(name + ".crt"), StandardCopyOption.REPLACE_EXISTING);
    }

    /// Returns an authority that [#write] wrote.
    Signer authority(String name) throws IOException {
        Path certificate = file(name + ".crt");
        if (!Files.exists(certificate)) {
            throw CliException.refused(
                    "an authority was expected in " + directory + ", but found no " + name + ".crt",
                    "Make one first: staddle certs init " + directory);
        }
        try (var in = Files.newInputStream(certificate)) {
            X509Certificate own =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in);
            byte[] key = Base64.getMimeDecoder().decode(body(file(name + ".key")));
            return new Signer(
                    commonName(own),
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (GeneralSecurityException e) {
            throw CliException.refused(
                    "an authority that this command made was expected: " + e.getMessage(),
                    "Sign with your own tools, or make another one: staddle certs init DIR");
        }
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    private void put(String name, String content, String permissions) throws IOException {
        Path target = file(name);
        Path fresh = file(name + ".new");
        Files.deleteIfExists(fresh);
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(set));
        Files.writeString(fresh, content);
        Files.move(
                fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pem(String kind, byte[] encoded) {
        String body = BASE64.encodeToString(encoded);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static String body(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.US_ASCII).replaceAll("-----[^-]+-----", "");
    }

    private static String commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(each -> each.getType().equalsIgnoreCase("CN"))
                            .map(each -> each.getValue().toString())
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            throw new IllegalArgumentException("a name of X.500 was expected", e);
        }
    }
}
