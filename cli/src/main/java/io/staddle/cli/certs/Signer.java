package io.staddle.cli.certs;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A small authority: it signs certificates (RFC 5280) with keys on the curve P-256.
///
/// The JDK reads certificates and makes none, and `keytool` would take a second for each.
///
/// @param name its name, which is in what it signs
record Signer(String name, PrivateKey key) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    /// What a certificate is good for.
    enum Use {
        AUTHORITY,
        SERVER,
        CLIENT,
        /// A server that is called, and calls.
        PEER
    }

    /// What is to be certified.
    ///
    /// @param hosts names and addresses
    /// @param uris other names
    record Subject(String name, Use use, List<String> hosts, List<String> uris, Duration validity) {
        Subject {
            hosts = List.copyOf(hosts);
            uris = List.copyOf(uris);
        }
    }

    /// A certificate and its key.
    record Signed(X509Certificate certificate, PrivateKey key) {}

    /// Makes an authority.
    static Signed authority(String name, Duration validity) {
        KeyPair keys = newKeys();
        Subject subject = new Subject(name, Use.AUTHORITY, List.of(), List.of(), validity);
        return new Signer(name, keys.getPrivate()).sign(subject, keys);
    }

    /// Makes a key and certifies it.
    Signed sign(Subject subject) {
        return sign(subject, newKeys());
    }

    private Signed sign(Subject subject, KeyPair keys) {
        try {
            byte[] content = content(subject, keys);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(content);
            byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(0, signature.sign()));
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(whole));
            return new Signed(certificate, keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK signs with ECDSA", e);
        }
    }

    private byte[] content(Subject subject, KeyPair keys) {
        Instant now = Instant.now();
        return Der.sequence(
                Der.of(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, RANDOM).setBit(120)),
                ECDSA_WITH_SHA256,
                named(name),
                Der.sequence(
                        Der.time(now.minus(CLOCKS_APART)), Der.time(now.plus(subject.validity()))),
                named(subject.name()),
                keys.getPublic().getEncoded(),
                Der.of(0xa3, Der.of(Der.SEQUENCE, extensions(subject))));
    }

    private static byte[][] extensions(Subject subject) {
        boolean isAuthority = subject.use() == Use.AUTHORITY;
        List<byte[]> all = new ArrayList<>();
        byte[] constraints = isAuthority ? Der.sequence(Der.yes()) : Der.sequence();
        all.add(Der.sequence(Der.identifier("2.5.29.19"), Der.yes(), Der.octets(constraints)));
        // An authority signs certificates and lists of revoked ones, all others connections.
        byte[] usage =
                isAuthority
                        ? Der.bits(1, new byte[] {0x06})
                        : Der.bits(7, new byte[] {(byte) 0x80});
        all.add(Der.sequence(Der.identifier("2.5.29.15"), Der.yes(), Der.octets(usage)));
        if (!isAuthority) {
            byte[] uses = Der.of(Der.SEQUENCE, purposes(subject.use()));
            all.add(Der.sequence(Der.identifier("2.5.29.37"), Der.octets(uses)));
        }
        byte[][] names = names(subject);
        if (names.length > 0) {
            byte[] alternatives = Der.of(Der.SEQUENCE, names);
            all.add(Der.sequence(Der.identifier("2.5.29.17"), Der.octets(alternatives)));
        }
        return all.toArray(byte[][]::new);
    }

    private static byte[][] purposes(Use use) {
        byte[] server = Der.identifier("1.3.6.1.5.5.7.3.1");
        byte[] client = Der.identifier("1.3.6.1.5.5.7.3.2");
        return switch (use) {
            case SERVER -> new byte[][] {server};
            case CLIENT -> new byte[][] {client};
            case PEER -> new byte[][] {server, client};
            case AUTHORITY -> new byte[][] {};
        };
    }

    private static byte[][] names(Subject subject) {
        List<byte[]> names = new ArrayList<>();
        subject.hosts().forEach(host -> names.add(host(host)));
        subject.uris().forEach(uri -> names.add(Der.of(0x86, ascii(uri))));
        return names.toArray(byte[][]::new);
    }

    private static byte[] host(String host) {
        boolean isAddress = host.contains(":") || host.matches("[0-9.]+");
        try {
            return isAddress
                    ? Der.of(0x87, InetAddress.getByName(host).getAddress())
                    : Der.of(0x82, ascii(host));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("a name or an address was expected: " + host, e);
        }
    }

    private static byte[] named(String name) {
        byte[] commonName = Der.sequence(Der.identifier("2.5.4.3"), Der.text(name));
        return Der.sequence(Der.of(Der.SET, commonName));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has the curve P-256", e);
        }
    }
}
