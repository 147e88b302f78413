package io.staddle.server.tls;

import io.staddle.api.id.ServerId;

import org.jspecify.annotations.Nullable;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// The certificates of a server, and whom it trusts, as of the newest files that could be used.
///
/// Clients and servers have authorities of their own. A certificate that names a server is checked
/// by the servers' authority and by nothing else, any other by the clients': so what a certificate
/// says of its holder is worth what its authority is worth. A server is known by its name in its
/// certificate, which has to be that of the server that is being called, or of some server that
/// calls: one that the configuration names, or that is known by the log ([Deputies]); by no host
/// name. On the port for clients one that is neither is a stranger, and may only ask whether it is
/// one ([#stranger]). Safe for threads.
public final class Tls {
    /// The versions that are spoken.
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /// What [#left] tells of.
    public static final List<String> CERTIFICATES =
            List.of("clients", "peers", "client-ca", "peer-ca");

    /// The name that servers ask each other for, instead of a host's.
    public static final String PEER_HOST = ShownKeys.PEER_HOST;

    private final TlsSettings settings;
    private final LongAdder failures = new LongAdder();
    private final Watched<KeyPair> shown;
    private final Watched<KeyPair> peer;
    private final Watched<Authority> clients;
    private final Watched<Authority> servers;
    private volatile Deputies deputies = Deputies.NONE;

    private Tls(TlsSettings settings, ServerId self) {
        this.settings = settings;
        PemFile certificate = new PemFile("tls.certificate", settings.certificate());
        PemFile key = new PemFile("tls.key", settings.key());
        shown =
                new Watched<>(
                        List.of(certificate, key), failures, () -> KeyPair.read(certificate, key));
        peer = peerPair(settings, self);
        clients = authority(new PemFile("tls.client-ca", settings.clientCa()));
        servers = authority(new PemFile("tls.peer-ca", settings.peerCa()));
    }

    /// Reads all files.
    ///
    /// @param self the server whose certificates they are
    /// @throws TlsFileException if one is missing or not what it must be
    public static Tls open(TlsSettings settings, ServerId self) {
        Tls tls = new Tls(settings, self);
        tls.requireSeparate();
        tls.requireSigned();
        return tls;
    }

    /// Returns whether clients must show a certificate.
    public TlsSettings.ClientAuth clientAuth() {
        return settings.clientAuth();
    }

    /// Returns what the port for clients shows.
    public KeyManagerFactory apiKeys() {
        return ShownKeys.ofApi(shown, peer).factory();
    }

    /// Has servers count that the configuration does not name, from now on.
    public void count(Deputies more) {
        deputies = more;
    }

    /// Returns who may connect to the port for clients: clients, servers, and strangers.
    public X509ExtendedTrustManager apiTrust() {
        return new Checked(this::checkCaller, (_, _, _) -> refuse("is no client"), this::allRoots);
    }

    /// Returns what other servers are shown, called or calling.
    public X509ExtendedKeyManager peerKeys() {
        return ShownKeys.of(peer);
    }

    /// Returns who may be a server at the other end of a connection: whoever calls must be a
    /// member, whoever is called the one at that address.
    public X509ExtendedTrustManager peerTrust() {
        return new Checked(
                this::checkMember,
                (chain, kind, engine) -> checkServer(chain, kind, at(engine)),
                () -> roots(servers));
    }

    /// Returns a check that whoever is called is `expected`.
    public X509ExtendedTrustManager trust(ServerId expected) {
        return new Checked(
                (_, _, _) -> refuse("calls where nobody does"),
                (chain, kind, _) -> checkServer(chain, kind, Optional.of(expected)),
                () -> roots(servers));
    }

    /// Returns the server whose certificate was shown on a connection, if it is none of those that
    /// this one knows now: it is not let in yet, or was removed.
    ///
    /// @param session null without TLS
    public Optional<ServerId> stranger(@Nullable SSLSession session) {
        return session == null
                ? Optional.empty()
                : Shown.on(session).server().filter(each -> !isKnown(each));
    }

    /// Returns the server that a certificate names, which was checked when it came.
    public static Optional<ServerId> server(X509Certificate checked) {
        return PeerName.of(checked).map(PeerName::server);
    }

    /// Reads again what has changed. To be called every second or so.
    public void look() {
        shown.look();
        peer.look();
        clients.look();
        servers.look();
    }

    /// Returns how often changed files could not be used.
    public LongAdder failures() {
        return failures;
    }

    /// Returns how long each certificate is still valid, by what it is for. Of an authority: the
    /// first that ends.
    public Map<String, Duration> left(Instant now) {
        Map<String, Duration> left = new LinkedHashMap<>();
        left.put("clients", Duration.between(now, shown.get().expires()));
        left.put("peers", Duration.between(now, peer.get().expires()));
        left.put("client-ca", Duration.between(now, end(clients)));
        left.put("peer-ca", Duration.between(now, end(servers)));
        return left;
    }

    private void checkCaller(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        if (PeerName.isClaimedBy(chain[0])) {
            servers.get().checkClient(chain, kind);
            named(chain[0]);
        } else if (settings.clientAuth() == TlsSettings.ClientAuth.NONE) {
            refuse("is that of a client, and clients come without one here (tls.client-auth)");
        } else {
            clients.get().checkClient(chain, kind);
        }
    }

    private void checkMember(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        servers.get().checkClient(chain, kind);
        ServerId server = named(chain[0]);
        if (!isKnown(server)) {
            refuse(
                    "is that of "
                            + server
                            + ", which is not in the quorum, as this server knows, nor in the key"
                            + " servers of its configuration: let it in with staddle server add");
        }
    }

    private void checkServer(X509Certificate[] chain, String kind, Optional<ServerId> expected)
            throws CertificateException {
        servers.get().checkServer(chain, kind);
        ServerId found = named(chain[0]);
        if (!expected.equals(Optional.of(found))) {
            refuse(
                    "is that of "
                            + found
                            + ", called was "
                            + expected.map(ServerId::value).orElse("no server's address"));
        }
    }

    private ServerId named(X509Certificate certificate) throws CertificateException {
        Optional<PeerName> name = PeerName.of(certificate);
        Optional<ServerId> server =
                name.filter(each -> each.deployment().equals(settings.deployment()))
                        .map(PeerName::server);
        if (server.isEmpty()) {
            refuse(
                    "must name a server of deployment "
                            + settings.deployment()
                            + ", names "
                            + name.map(PeerName::uri).orElse("none"));
        }
        return server.orElseThrow();
    }

    private boolean isKnown(ServerId server) {
        return settings.members().containsValue(server) || deputies.has(server);
    }

    private Optional<ServerId> at(SSLEngine engine) {
        String host = String.valueOf(engine.getPeerHost());
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        String address = bracketed + ":" + engine.getPeerPort();
        return Optional.ofNullable(settings.members().get(address)).or(() -> deputies.at(address));
    }

    private static void refuse(String what) throws CertificateException {
        throw new CertificateException("the certificate " + what);
    }

    /// Else whoever gets a certificate for a client could get one that makes a server of it.
    private void requireSeparate() {
        boolean shared = clients.get().roots().stream().anyMatch(servers.get().roots()::contains);
        if (shared) {
            throw new TlsFileException(
                    "tls.peer-ca",
                    settings.peerCa()
                            + " must be another authority than that of clients, shares a"
                            + " certificate with tls.client-ca "
                            + settings.clientCa());
        }
    }

    private void requireSigned() {
        try {
            servers.get().checkServer(peer.get().chainArray(), "UNKNOWN");
        } catch (CertificateException e) {
            throw new TlsFileException(
                    "tls.peer-certificate",
                    settings.peerCertificate()
                            + " must be signed by tls.peer-ca "
                            + settings.peerCa()
                            + ": "
                            + e.getMessage());
        }
    }

    private Watched<KeyPair> peerPair(TlsSettings from, ServerId self) {
        PemFile chain = new PemFile("tls.peer-certificate", from.peerCertificate());
        PemFile secret = new PemFile("tls.peer-key", from.peerKey());
        PeerName name = new PeerName(from.deployment(), self);
        return new Watched<>(
                List.of(chain, secret),
                failures,
                () -> {
                    KeyPair pair = KeyPair.read(chain, secret);
                    requireNamed(name, pair.certificate(), chain);
                    return pair;
                });
    }

    private static void requireNamed(PeerName name, X509Certificate certificate, PemFile file) {
        Optional<PeerName> found = PeerName.of(certificate);
        if (!found.equals(Optional.of(name))) {
            throw file.wrong(
                    "must have the alternative name URI:"
                            + name.uri()
                            + ", has "
                            + found.map(PeerName::uri).orElse("none"));
        }
    }

    private Watched<Authority> authority(PemFile file) {
        return new Watched<>(List.of(file), failures, () -> Authority.read(file));
    }

    private X509Certificate[] allRoots() {
        List<X509Certificate> all = new ArrayList<>(clients.get().roots());
        all.addAll(servers.get().roots());
        return all.toArray(X509Certificate[]::new);
    }

    private static X509Certificate[] roots(Watched<Authority> authority) {
        return authority.get().roots().toArray(X509Certificate[]::new);
    }

    private static Instant end(Watched<Authority> authority) {
        return authority.get().roots().stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
