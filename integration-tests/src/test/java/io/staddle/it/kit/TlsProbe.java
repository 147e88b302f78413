package io.staddle.it.kit;

import io.staddle.server.config.HostPort;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// What a port says to those who connect; byte by byte, where the JDK would not do what it takes.
public final class TlsProbe {
    private static final char[] NO_PASSWORD = {};
    private static final int ALERT = 21;

    private final SSLContext context;

    /// Trusts an authority, and shows no certificate.
    public TlsProbe(Path authority) {
        this(authority, new KeyManagerFactory[0]);
    }

    /// Trusts an authority, and shows the certificate `NAME.crt` with the key `NAME.key`.
    public TlsProbe(Path authority, Path certificate) {
        this(authority, new KeyManagerFactory[] {keys(certificate)});
    }

    private TlsProbe(Path authority, KeyManagerFactory[] keys) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, NO_PASSWORD);
            trusted.setCertificateEntry("authority", certificate(authority));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            context = SSLContext.getInstance("TLS");
            context.init(
                    keys.length == 0 ? null : keys[0].getKeyManagers(),
                    trust.getTrustManagers(),
                    null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns a client of HTTP that trusts and shows the same.
    public HttpClient http() {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    /// Returns the certificate that a port shows.
    public X509Certificate shownBy(HostPort address) throws IOException {
        try (SSLSocket socket = connect(address)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /// Connects and reads the first byte that the other side has to say.
    ///
    /// @throws IOException if it does not let us in
    public int firstByte(HostPort address) throws IOException {
        try (SSLSocket socket = connect(address)) {
            return socket.getInputStream().read();
        }
    }

    /// Returns the alert that a port answers a greeting of TLS 1.1 with; 70 says that it does not
    /// speak it.
    public static int alertToTls11(HostPort address) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(30_000);
            byte[] hello = new byte[50];
            byte[] head = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
            System.arraycopy(head, 0, hello, 0, head.length);
            // After 32 bytes at random and no session: one cipher suite, and no compression.
            byte[] tail = {0, 0, 2, 0, 47, 1, 0};
            System.arraycopy(tail, 0, hello, hello.length - tail.length, tail.length);
            socket.getOutputStream().write(hello);
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            if (answer.readByte() != ALERT) {
                return -1;
            }
            answer.skipNBytes(5);
            return answer.readByte();
        }
    }

    private SSLSocket connect(HostPort address) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port());
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static KeyManagerFactory keys(Path certificate) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, NO_PASSWORD);
            own.setKeyEntry(
                    "own",
                    key(certificate),
                    NO_PASSWORD,
                    new Certificate[] {certificate(certificate)});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, NO_PASSWORD);
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(Path file)
            throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path certificate) throws GeneralSecurityException, IOException {
        String name = certificate.toString().replaceAll("\\.crt$", ".key");
        String pem = Files.readString(Path.of(name), StandardCharsets.US_ASCII);
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^-]+-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
